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

func TestWordsOfLoggingInAndOut(t *testing.T) {
	const in, out = 1, 2
	for text, want := range map[string]int{
		"/logout": out, "/log-out": out, "/users/sign_out": out, "/LogoutServlet": out, "/j_spring_security_logout": out,
		"/doLogout": out, "/logoff.asp": out, "/index.php?action=logout&nonce=_": out, "logoutUser": out, "signOut": out, "/account/LogOff": out,
		"Log out": out, "LOG OUT": out, "Hello alice Sign out": out, "Abmelden": out, "/deconnexion": out, "Déconnexion": out, "Se déconnecter": out,
		"/login": in, "/log-in": in, "/wp-login.php": in, "/sign_in": in, "/SignIn": in, "/loginuser": in, "/login2": in, "Log in": in, "Sign in to the shop": in,
		"/anmelden": in, "/connexion": in, "/sso/start": in, "/Account/LogOn": in, "Connexion": in,
		"": 0, "/": 0, "/blog": 0, "/catalog": 0, "/dialog/in": 0, "Blog in the shop": 0, "Blog outline": 0, "/catalog/out-of-stock": 0, "/lessons": 0,
		"/signing": 0, "/logistics": 0, "Log": 0, "Sign up": 0, "Newsletter abmelden": 0, "/newsletter/abmelden": 0, "/backchannel-logout": 0, "/design-inn": 0,
	} {
		if got := LoginWord(text); got != (want == in) {
			t.Errorf("LoginWord(%q) = %v", text, got)
		}
		if got := LogoutWord(text); got != (want == out) {
			t.Errorf("LogoutWord(%q) = %v", text, got)
		}
	}
}
