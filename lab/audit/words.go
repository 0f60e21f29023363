package audit

import "strings"

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
