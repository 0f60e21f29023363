package cookie

// Rules says which browser is played.
type Rules int

const (
	Chromium Rules = iota // Chromium 156
	Draft                 // 6265bis-22 to the letter: no partitions, no __Http-, no Priority
	Tomorrow              // Chromium with scheme-bound and port-bound cookies, today behind flags
	Firefox               // Firefox 153

	rulesCount
)

// A trait is one point on which the browsers part.
type trait uint32

const (
	// On reading a line.
	noTab           trait = 1 << iota // a tab in a name, a value or an attribute voids the line: Chromium, against 6265bis-22 5.6 step 1
	needsName                         // "abc" is the name of an empty value, and without a name there is no cookie: observed in Firefox 153, against 6265bis-22 5.6 step 3
	noHiddenPair                      // a nameless value may not hold "=": Chromium, against 6265bis-22 5.7 step 2
	unreadableHides                   // a Max-Age or Expires that cannot be read hides an earlier one: Chromium and Firefox, against 6265bis-22 5.6.1 and 5.6.2
	flagsAnyLength                    // Secure, HttpOnly and Partitioned count whatever the length of their value: observed in Firefox 153, against 6265bis-22 5.6 step 6
	plusAge                           // Max-Age=+1 is 1: Chromium, against 6265bis-22 5.6.2
	minusAge                          // whatever begins with "-" is a Max-Age long past: observed in Firefox 153, against 6265bis-22 5.6.2
	wholeTokens                       // Chromium's dates, see date
	netscapeDates                     // Gecko's dates, see geckoDate
	priority                          // the Priority attribute: Chromium
	partitions                        // the Partitioned attribute: CHIPS

	// On setting.
	mapsDomain   // Domain is mapped by IDNA where it is not ASCII: Chromium, against 6265bis-22 5.7 step 8
	ownDomain    // a cookie stays in the registrable domain of its Domain, where one suffix is in another: Chromium, against 6265bis-22 5.1.3
	dotIsDomain  // Domain=. is one that fits no host: Chromium and Firefox, against 6265bis-22 5.6.3
	httpPrefixes // __Http- and __Host-Http-: LC 5.4.3
	outcomes     // __Host- asks what Path and Domain come to, so that a default path of / will do: observed in Firefox 153, against 6265bis-22 5.7 step 21
	trustPrefix  // a prefix asks for the secure origin itself, so that it is the reason: Chromium
	noneSecure   // SameSite=None needs Secure: 6265bis-22 5.7 step 19
	parentsOnly  // http leaves Secure cookies alone that would go to its own host: observed in Firefox 153, against 6265bis-22 5.7 step 16
	keepsAge     // what replaces a cookie has its creation time, whatever the value: 6265bis-22 5.7 step 23.3; Firefox 153; against it Chromium
	unswept      // what has ended stays in the jar, and counts and blocks there: observed in Firefox 153
	stalePage    // scripts read a view of their own, see page.go: observed in Firefox 153

	// On sending.
	laxDefault  // without SameSite a cookie is Lax, with two minutes of grace: 6265bis-22 5.6.7.2
	schemeful   // a site has one scheme: 6265bis-22 5.2
	taints      // a redirect over another site makes a request cross-site: observed in Firefox 153, against 6265bis-22 5.2
	ownJars     // third parties have a jar for each top-level site, Partitioned or not: Total Cookie Protection, observed in Firefox 153
	minuteUse   // the time of last use moves once a minute: Chromium and Firefox
	httpsFirst  // a navigation to a public name tries https first: Chromium
	encodesBar  // | in a path is %7C: Chromium, against WHATWG URL 1.3
	bindsOrigin // cookies are bound to scheme and port: Chromium, behind flags
)

// traits is what each browser has of them.
var traits = [rulesCount]trait{
	Chromium: chromium,
	Draft:    keepsAge | noneSecure | laxDefault | schemeful,
	Tomorrow: chromium | bindsOrigin,
	Firefox: needsName | unreadableHides | flagsAnyLength | minusAge | netscapeDates | partitions |
		dotIsDomain | httpPrefixes | outcomes | noneSecure | parentsOnly | keepsAge | unswept | stalePage |
		taints | ownJars | minuteUse,
}

const chromium = noTab | noHiddenPair | unreadableHides | plusAge | wholeTokens | priority | partitions |
	mapsDomain | ownDomain | dotIsDomain | httpPrefixes | trustPrefix | noneSecure | laxDefault | schemeful | minuteUse | httpsFirst | encodesBar

// has reports whether the jar's browser has the trait.
func (j *Jar) has(t trait) bool { return traits[j.Rules]&^j.lacks&t != 0 }
