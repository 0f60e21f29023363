package audit

import (
	"slices"
	"strings"
	"unicode"
)

// PasswordField reports whether a field of this name holds a password, as far as names tell:
// "password", "user[passwd]", "user.password", "plainPassword[first]".
func PasswordField(name string) bool {
	name = strings.ToLower(strings.TrimRight(name, ".[]"))
	for _, piece := range []string{"[first", "[second"} { // one that is asked for twice (Symfony, RepeatedType)
		name = strings.TrimRight(strings.TrimSuffix(name, piece), "]")
	}
	name = strings.Trim(name[strings.LastIndexAny(name, ".[")+1:], "]")
	for part := range strings.FieldsSeq("passw pwd pswd passphrase passcode kennwort motdepasse mot_de_passe mot-de-passe contrase senha wachtwoord parola") {
		if strings.Contains(name, part) {
			return true
		}
	}
	switch name {
	case "pass", "pw", "haslo", "userpass", "loginpass":
		return true
	}
	return strings.HasSuffix(name, "_pass") || strings.HasSuffix(name, "-pass") || strings.HasPrefix(name, "pass_")
}

// LogoutWord reports whether a path, a query, the name of an operation or what stands on a
// button speaks of logging out, in English, German or French: "/users/sign_out", "logoutUser",
// "Log out". Leaving a newsletter is none, nor is what a provider calls (OpenID Connect
// Back-Channel Logout 1.0).
func LogoutWord(text string) bool {
	words := split(text)
	all := strings.Join(words, "")
	return speak(words, "logout signout logoff", "") && !strings.Contains(all, "channellogout") ||
		speak(words, "", "abmelden deconnexion deconnecter") && !strings.Contains(all, "newsletter")
}

// LoginWord is like LogoutWord, of logging in. A blog, a catalog and a dialog are none.
func LoginWord(text string) bool {
	return speak(split(text), "login signin logon", "anmelden connexion connecter authenticate sso")
}

// split returns the words of a text in lower case: what is written in letters, "signIn" being
// two.
func split(text string) (words []string) {
	var b strings.Builder
	before := ' '
	for _, r := range text {
		if unicode.IsUpper(r) && unicode.IsLower(before) || !unicode.IsLetter(r) {
			b.WriteByte(' ')
		}
		if before = r; unicode.IsLetter(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return strings.Fields(strings.ReplaceAll(b.String(), "é", "e"))
}

// speak reports whether words have one of whole, or one of joint: by itself, in two, or at an
// end of a word ("loginuser", "wplogin"; "signing" is another).
func speak(words []string, joint, whole string) bool {
	for i, w := range words {
		two := w
		if i > 0 {
			two = words[i-1] + w
		}
		for j := range strings.FieldsSeq(joint) {
			rest, begins := strings.CutPrefix(w, j)
			if two == j || strings.HasSuffix(w, j) || begins && !strings.HasPrefix(rest, "g") {
				return true
			}
		}
		if slices.Contains(strings.Fields(whole), w) {
			return true
		}
	}
	return false
}
