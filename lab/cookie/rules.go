package cookie

// A rule is one sentence of the specification or of Chromium. Most of them
// refuse or withhold a cookie and have a row in refusals; the rest only shape
// what is stored. The tests switch each off in turn (Jar.skip) and ask that
// something then fails.
type rule uint8

const (
	pass rule = iota // no rule objects

	// On setting, in the order asked.
	ruleControl
	ruleTab
	ruleEmpty
	ruleNameless
	ruleSize
	ruleDomainASCII
	ruleDomainSuffix
	ruleDomainMatch
	ruleSecurePrefix
	ruleHostPrefixSecure
	ruleHostPrefixPath
	ruleHostPrefixDomain
	ruleHTTPPrefix
	ruleHiddenPrefix
	ruleNamelessEquals
	rulePartitionSecure
	ruleSecureOrigin
	ruleHTTPOnlyScript
	ruleNoneSecure
	ruleSetStrict
	ruleSetLax
	ruleSetDefault
	ruleLeaveSecure
	ruleHTTPOnlyReplace
	ruleFull
	ruleScheme

	// On sending.
	ruleSendDomain
	ruleSendPath
	ruleSendSecure
	ruleSendHTTPOnly
	ruleSendStrict
	ruleSendLax
	ruleSendDefault
	ruleSendPartition
	ruleSendThird
	ruleSendScheme
	ruleSendPort
	ruleSendShadow

	// Shape only.
	ruleAttributeSize
	ruleLastAttribute
	ruleMaxAgeFirst
	ruleTwoDigitYear
	ruleOldYear
	ruleCap
	ruleDefaultPath
	ruleIdentityHostOnly
	ruleIdentityPartition
	ruleInherit
	ruleOrderPath
	ruleOrderCreated
	ruleLoopback
	ruleLaxPostWindow
	ruleMethod
	ruleTopLevelSet
	ruleFrameScript
	ruleExpire
	ruleEvict
	ruleEvictSite
	ruleEvictSecureLast
	ruleEvictPriority
	ruleEvictLeastRecent
	ruleAccessed

	ruleCount
)

// refusals is what the user is told. CHIPS is
// draft-cutler-httpbis-partitioned-cookies.
var refusals = [ruleCount]Refusal{
	ruleControl:          {"control-character", "6265bis-22 5.6 step 1", "A control character anywhere in the line voids it.", "DisallowedCharacter"},
	ruleTab:              {"tab", "Chromium, against 6265bis-22 5.6 step 1", "Chromium takes no tab inside a name or a value.", "DisallowedCharacter"},
	ruleEmpty:            {"empty", "6265bis-22 5.7 step 2", "A cookie needs a name or a value.", "NoCookieContent"},
	ruleNameless:         {"nameless", "observed in Firefox 153", "Firefox takes no cookie without a name.", ""},
	ruleSize:             {"size", "6265bis-22 5.6 step 5", "Name and value together may have 4096 bytes.", "NameValuePairExceedsMaxSize"},
	ruleDomainASCII:      {"domain-ascii", "6265bis-22 5.7 step 8", "A Domain attribute must be ASCII.", "InvalidDomain"},
	ruleDomainSuffix:     {"public-suffix", "6265bis-22 5.7 step 9", "Nobody may set a cookie for a whole public suffix.", "InvalidDomain"},
	ruleDomainMatch:      {"domain", "6265bis-22 5.7 step 10", "The Domain attribute does not cover the host that sets the cookie.", "InvalidDomain"},
	ruleSecurePrefix:     {"secure-prefix", "6265bis-22 5.7 step 20", "A __Secure- cookie needs Secure and a secure origin.", "InvalidPrefix"},
	ruleHostPrefixSecure: {"host-prefix", "6265bis-22 5.7 step 21", "A __Host- cookie needs Secure and a secure origin.", "InvalidPrefix"},
	ruleHostPrefixPath:   {"host-prefix", "6265bis-22 5.7 step 21", "A __Host- cookie needs an explicit Path=/.", "InvalidPrefix"},
	ruleHostPrefixDomain: {"host-prefix", "6265bis-22 5.7 step 21", "A __Host- cookie may not have a Domain.", "InvalidPrefix"},
	ruleHTTPPrefix:       {"http-prefix", "LC 5.4.3", "A __Http- or __Host-Http- cookie needs Secure and HttpOnly, which no script can set.", "InvalidPrefix"},
	ruleHiddenPrefix:     {"nameless-prefix", "6265bis-22 5.7 step 22", "A nameless cookie may not have a value that reads like a prefixed name.", "InvalidPrefix"},
	ruleNamelessEquals:   {"nameless-equals", "Chromium, against 6265bis-22 5.7 step 2", "A nameless value with = in it would pass for another cookie.", ""},
	rulePartitionSecure:  {"partitioned", "CHIPS", "A Partitioned cookie needs Secure and a secure origin.", ""},
	ruleSecureOrigin:     {"secure-origin", "6265bis-22 5.7 step 13", "A plain http origin cannot set a Secure cookie.", "SecureOnly"},
	ruleHTTPOnlyScript:   {"httponly-script", "6265bis-22 5.7 step 15", "A script cannot set an HttpOnly cookie.", ""},
	ruleNoneSecure:       {"samesite-none", "6265bis-22 5.7 step 19", "SameSite=None needs Secure.", "SameSiteNoneInsecure"},
	ruleSetStrict:        {"samesite-set", "6265bis-22 5.7 step 18", "A cross-site sub-resource or frame cannot set a SameSite=Strict cookie.", "SchemefulSameSiteStrict"},
	ruleSetLax:           {"samesite-set", "6265bis-22 5.7 step 18", "A cross-site sub-resource or frame cannot set a SameSite=Lax cookie.", "SchemefulSameSiteLax"},
	ruleSetDefault:       {"samesite-set", "6265bis-22 5.7 step 18", "Without SameSite a cookie is Lax: no cross-site sub-resource or frame can set it.", "SchemefulSameSiteUnspecifiedTreatedAsLax"},
	ruleLeaveSecure:      {"leave-secure-alone", "6265bis-22 5.7 step 16", "A plain http origin cannot replace or shadow a Secure cookie of the same name.", "OverwriteSecure"},
	ruleHTTPOnlyReplace:  {"httponly-replace", "6265bis-22 5.7 step 23.2", "A script cannot replace an HttpOnly cookie.", ""},
	ruleFull:             {"full", "Firefox", "A site that is full of Secure cookies takes no other.", ""},
	ruleScheme:           {"scheme", "6265bis-22 5.7", "Only http and https URLs have cookies.", "SchemeNotSupported"},

	ruleSendDomain:    {"domain", "6265bis-22 5.8.3 step 3", "The cookie belongs to another host.", "DomainMismatch"},
	ruleSendPath:      {"path", "6265bis-22 5.8.3 step 3", "The cookie's Path does not cover this path.", "NotOnPath"},
	ruleSendSecure:    {"secure", "6265bis-22 5.8.3 step 3", "A Secure cookie is not sent over plain http.", "SecureOnly"},
	ruleSendHTTPOnly:  {"httponly", "6265bis-22 5.8.3 step 3", "A script cannot read an HttpOnly cookie.", ""},
	ruleSendStrict:    {"samesite-strict", "6265bis-22 5.8.3 step 3", "Another site started the request and the cookie is SameSite=Strict.", "SchemefulSameSiteStrict"},
	ruleSendLax:       {"samesite-lax", "6265bis-22 5.6.7.1", "Another site started the request, and not by a top-level GET.", "SchemefulSameSiteLax"},
	ruleSendDefault:   {"samesite-default", "6265bis-22 5.6.7.2", "Without SameSite a cookie is Lax, except in a POST within two minutes of its creation.", "SchemefulSameSiteUnspecifiedTreatedAsLax"},
	ruleSendPartition: {"partition", "CHIPS", "The cookie is in the partition of another top-level site.", ""},
	ruleSendThird:     {"third-party", "observed in Firefox 153", "A third party is sent only what was set below the same top-level site.", ""},
	ruleSendScheme:    {"scheme-bound", "Chromium, behind a flag", "The cookie was set over the other scheme.", "SchemeMismatch"},
	ruleSendPort:      {"port-bound", "Chromium, behind a flag", "The cookie was set on another port.", "PortMismatch"},
	ruleSendShadow:    {"shadow", "Chromium, behind a flag", "A Domain cookie may not stand beside a host cookie of the same name.", ""},
}

// refusal returns what the user is told of a rule. Firefox's tools name none.
func (j *Jar) refusal(r rule) *Refusal {
	if j.Rules != Firefox {
		return &refusals[r]
	}
	told := refusals[r]
	told.DevTools = ""
	switch r {
	case ruleHostPrefixPath:
		told.Why = "A __Host- cookie needs the Path /."
	case ruleSendStrict:
		told.Why = "Another site started or redirected the request and the cookie is SameSite=Strict."
	case ruleSendLax:
		told.Why = "Another site started or redirected the request, and not by a top-level GET."
	}
	return &told
}
