package audit

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestPasswordField holds the page's reader to the same names: it takes no way to a name, so
// it is asked of those without one.
func TestPasswordField(t *testing.T) {
	script, err := os.ReadFile("../../web/audit.js")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`const secret = /(.+)/i;`).FindSubmatch(script)
	if found == nil {
		t.Fatal("web/audit.js has no expression for the names of passwords")
	}
	page := regexp.MustCompile("(?i)" + string(found[1]))
	for names, want := range map[string]bool{
		`password Password PASSWD passwd passwort Passwort passphrase passcode pwd user_pwd pswd kennwort motdepasse mot_de_passe mot-de-passe
			contrasena contraseña senha wachtwoord haslo parola pass pw userpass loginpass user_pass user-pass pass_1 j_password passw0rd
			newPassword password_confirmation user[password] user.password user[pass] login-form.pass plainPassword[first] f[plainPassword][second] [password] password[]`: true,
		`passport passenger bypass compass pass2go user email login name code token otp pin secret press pwned hasLoaded haslogo pws
			reset_password_form[email] password.hint password[first][email] first second [] . [first user[first]`: false,
	} {
		for _, name := range strings.Fields(names) {
			if got := PasswordField(name); got != want {
				t.Errorf("PasswordField(%q) = %v", name, got)
			}
			if got := page.MatchString(name); got != want && !strings.ContainsAny(name, ".[") {
				t.Errorf("web/audit.js takes %q for a password: %v", name, got)
			}
		}
	}
	if PasswordField("") {
		t.Error("no name is a password's")
	}
}
