package token

import (
	"slices"
	"strings"
	"unicode"
)

// sessionWords are words of names that sessions have.
var sessionWords = strings.Fields(`sess session sessid sessionid sid ssid phpsessid jsessionid aspsessionid
	auth token jwt login ticket identity access aspxauth authjs appsession authtoken accesstoken sessiontoken mojolicious cakephp`)

// A row is a set of names that are not a session's, as far as the value agrees.
type row struct {
	role     Role
	exact    string // names, in lower case
	prefixes string
	words    string // any of them is a word of the name
	parts    string // any of them is in the name
	like     func(low string) bool
	value    func(value string, t Token) bool
}

// others are the roles that names give, in the order in which they are tried. The
// names are those of the products' own documents.
var others = []row{
	{
		role:  CSRF,
		parts: "csrf xsrf antiforgery requestverificationtoken authenticity_token authenticitytoken",
		value: func(v string, t Token) bool { return len(v) >= 8 },
	}, {
		role:     Balancer,
		exact:    "awsalb awsalbcors awsalbtg awsalbtgcors awselb awselbcors ingresscookie __cflb arraffinity arraffinitysamesite gclb gcilb serverid srvid routeid sticky lb lbcookie citrix_ns_id affinity",
		prefixes: "bigipserver awsalb nsc_ _traefik_sticky x-oracle-bmc-lbs-route",
		value:    unlikeSession,
	}, {
		role:     Bot,
		exact:    "__cf_bm cf_clearance _cfuvid __cfruid __cfduid ak_bmsc bm_sz bm_sv bm_mi bm_so bm_s bm_lso _abck datadome reese84 aws-waf-token _grecaptcha",
		prefixes: "incap_ses_ visid_incap_ nlbi_ _px __uzm cf_chl_ queueitaccepted",
		like:     func(low string) bool { return strings.HasPrefix(low, "ts") && is(low[2:], lowerHex, 6, 10) }, // F5 ASM
		value:    unlikeSession,
	}, {
		role:  Analytics,
		exact: "_ga _gid _fbp _fbc _clck _clsk _uetsid _uetvid muid hubspotutk ide _ttp bcookie lidc s_cc s_sq s_vi _dd_s ai_user ai_session dtcookie rxvisitor _mkto_trk __gads __gpi _rdt_uuid _scid __qca",
		prefixes: "_ga_ _gat _gcl_ __utm _hj ajs_ amplitude_ amp_ mp_ _pk_ __hs optimizely _vwo _vis_opt amcv_ amcvs_ _sp_id _sp_ses " +
			"ph_ intercom- _matomo mtm_",
		value: unlikeSession,
	}, {
		role:     Remember,
		exact:    "rememberme remember_me remember-me remember_token",
		prefixes: "remember_ remember- rememberme",
		words:    "remember",
		value:    func(v string, t Token) bool { return len(v) >= 16 },
	}, {
		role:     LoginState,
		prefixes: ".aspnetcore.correlation. .aspnetcore.openidconnect.",
		value:    func(string, Token) bool { return true }, // often only N
	}, {
		role:  LoginState,
		exact: "auth_verification",
		words: "state nonce pkce verifier",
		value: func(v string, t Token) bool { return len(v) >= 8 },
	}, {
		role: Preference,
		exact: "nocookie cookielawinfo optanonconsent optanonalertboxclosed euconsent-v2 usprivacy didomi_token dnt tz " +
			"wordpress_test_cookie testcookie next_locale django_language",
		prefixes: "cookieconsent cookie_consent cookie-consent cookielawinfo cky- cmplz_ gdpr borlabs wp-settings",
		words:    "lang language locale i18n theme consent timezone currency country region dark colorscheme scheme color skin layout banner notice",
		value:    func(v string, t Token) bool { return !t.Sealed && !t.Signed && !LooksLikeID(Decode(v)) },
	},
}

// unlikeSession reports whether a value has not the shape of one framework's session.
func unlikeSession(_ string, t Token) bool { return !t.Signed && (!t.Sealed || t.Format == opaque) }

// roleOf decides what a cookie is for. name is without its prefix.
func roleOf(name, value string, t Token) Role {
	low := strings.ToLower(name)
	words := wordsOf(name)
	if t.Of != "" {
		return roleOf(t.Of, value, Token{Format: t.Format})
	}
	for _, r := range others {
		if r.names(low, words) && r.value(value, t) {
			return r.role
		}
	}
	switch {
	case own[t.Format]:
		return Session
	case t.Format != "" && slices.ContainsFunc(words, isSessionWord):
		return Session
	case (t.Signed || t.Sealed) && slices.Contains(words, "user"):
		return Session
	}
	return Unknown
}

func (r row) names(low string, words []string) bool {
	return slices.Contains(strings.Fields(r.exact), low) || r.like != nil && r.like(low) ||
		slices.ContainsFunc(strings.Fields(r.prefixes), func(p string) bool { return strings.HasPrefix(low, p) }) ||
		slices.ContainsFunc(strings.Fields(r.words), func(w string) bool { return slices.Contains(words, w) }) ||
		slices.ContainsFunc(strings.Fields(r.parts), func(p string) bool { return strings.Contains(low, p) })
}

func isSessionWord(word string) bool {
	if slices.Contains(sessionWords, word) {
		return true
	}
	for _, end := range []string{"sess", "session", "sessid", "sessionid", "token"} {
		if strings.HasSuffix(word, end) {
			return true
		}
	}
	return strings.HasPrefix(word, "sess") || strings.HasPrefix(word, "aspsessionid")
}

// SessionName reports whether a cookie's name reads like a session's. It is no proof
// of one.
func SessionName(name string) bool {
	return slices.ContainsFunc(wordsOf(Bare(name)), isSessionWord)
}

// wordsOf cuts a name into words, in lower case: at what is neither letter nor digit,
// and where a capital follows a small letter. The whole is one of them, without its
// separators.
func wordsOf(name string) []string {
	var words []string
	var word, whole strings.Builder
	end := func() {
		if word.Len() > 0 {
			words = append(words, word.String())
			word.Reset()
		}
	}
	small := false
	for _, r := range name {
		switch letter := unicode.IsLetter(r) || unicode.IsDigit(r); {
		case !letter:
			end()
			small = false
			continue
		case unicode.IsUpper(r) && small:
			end()
		}
		small = unicode.IsLower(r)
		word.WriteRune(unicode.ToLower(r))
		whole.WriteRune(unicode.ToLower(r))
	}
	end()
	if len(words) > 1 {
		words = append(words, whole.String())
	}
	return words
}
