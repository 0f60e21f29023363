//go:build !wasm

package cli

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"fixlab/app/audit"
)

// accountFlags are the two accounts as the command line or a configuration names them.
type accountFlags struct{ alice, mallory accountFlag }

type accountFlag struct {
	text string // "alice:env:PW_A"
	sees string
	totp string // "env:SEED"
}

func (a *accountFlags) define(f *flag.FlagSet) {
	f.StringVar(&a.alice.text, "as", "", "`ACCOUNT` of the victim: NAME:env:VARIABLE, NAME:file:PATH, or NAME to be asked for the password")
	f.StringVar(&a.mallory.text, "and", "", "`ACCOUNT` of the attacker, likewise")
	f.StringVar(&a.alice.sees, "alice-sees", "", "`TEXT` that the private page shows the victim alone, or json:/pointer=VALUE; her name without it")
	f.StringVar(&a.mallory.sees, "mallory-sees", "", "`TEXT` that it shows the attacker alone")
	f.StringVar(&a.alice.totp, "totp", "", "`SECRET` of the victim's second factor, in base32: env:VARIABLE or file:PATH")
	f.StringVar(&a.mallory.totp, "mallory-totp", "", "`SECRET` of the attacker's")
}

func (a *accountFlags) read(in *os.File, prompt io.Writer) (alice, mallory audit.Account, err error) {
	if a.alice.text == "" || a.mallory.text == "" {
		return alice, mallory, errors.New("-as and -and name two accounts: -as alice:env:PW_A -and mallory:env:PW_B")
	}
	if alice, err = a.alice.read("-as", in, prompt); err == nil {
		mallory, err = a.mallory.read("-and", in, prompt)
	}
	return alice, mallory, err
}

// read reads one account. A password never stands on the command line, where everybody on
// the machine can see it.
func (a accountFlag) read(flag string, in *os.File, prompt io.Writer) (audit.Account, error) {
	name, source := a.text, ""
	for _, kind := range []string{":env:", ":file:"} {
		if i := strings.LastIndex(a.text, kind); i > 0 {
			name, source = a.text[:i], a.text[i+1:]
		}
	}
	account := audit.Account{Name: name, Sees: a.sees}
	var err error
	switch {
	case source != "":
		if account.Password, err = secret(source); err != nil {
			return account, fmt.Errorf("%s: %w", flag, err)
		}
	case strings.Contains(name, ":"):
		name, _, _ := strings.Cut(name, ":")
		return account, fmt.Errorf("%s: a password does not stand on the command line: write %s:env:VARIABLE or %s:file:PATH, or %s alone to be asked", flag, name, name, name)
	case !term.IsTerminal(int(in.Fd())):
		return account, fmt.Errorf("%s: there is no terminal to ask for the password of %s: write %s:env:VARIABLE or %s:file:PATH", flag, name, name, name)
	default:
		fmt.Fprintf(door{prompt}, "Password of %s: ", name)
		text, err := term.ReadPassword(int(in.Fd()))
		fmt.Fprintln(prompt)
		if err != nil {
			return account, fmt.Errorf("%s: %w", flag, err)
		}
		account.Password = string(text)
	}
	if a.totp != "" {
		if account.TOTP, err = secret(a.totp); err != nil {
			return account, fmt.Errorf("%s: the second factor: %w", flag, err)
		}
	}
	return account, nil
}

// mostSecret is how long a file with a secret may be, in bytes.
const mostSecret = 64 << 10

// secret reads "env:VARIABLE" or "file:PATH". A line feed at a file's end is not of it.
func secret(source string) (string, error) {
	kind, where, _ := strings.Cut(source, ":")
	switch kind {
	case "env":
		text, ok := os.LookupEnv(where)
		if !ok || text == "" {
			return "", fmt.Errorf("the environment has no %s", where)
		}
		return text, nil
	case "file":
		data, err := readFile(where, mostSecret)
		if err != nil {
			return "", err
		}
		text := strings.TrimRight(string(data), "\r\n")
		if text == "" {
			return "", fmt.Errorf("%s is empty", where)
		}
		return text, nil
	}
	return "", errors.New("a secret comes from env:VARIABLE or file:PATH")
}
