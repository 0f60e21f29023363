//go:build !wasm

package cli

import (
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"fixlab/app/audit/yaml"
	core "fixlab/lab/audit"
	"fixlab/lab/audit/tree"
	"fixlab/lab/near"
)

// modes are how much an audit tries, by what a configuration calls it.
var modes = map[string]core.Mode{"quick": core.Quick, "ordinary": core.Ordinary, "full": core.Full}

// mostConfig is how long a configuration may be, in bytes.
const mostConfig = 1 << 20

// A setting is one key of a configuration: the flag that wins over it, and what takes its
// value. An error of take names the file, the line and the key.
type setting struct {
	key, flag string
	take      func(key string, n *tree.Node) error
}

// configure reads a configuration in YAML, whose keys are the names of the flags. What a
// flag gives stays. Files that it names are relative to its folder. An error names the file
// and the line, and never shows a value that may be a secret.
func (a *auditing) configure(file string, given map[string]bool, accounts *accountFlags) error {
	root, err := readConfig(file)
	if err != nil {
		return fmt.Errorf("-config: %w", err)
	}
	beside := func(name string) string {
		if filepath.IsAbs(name) {
			return name
		}
		return filepath.Join(filepath.Dir(file), name)
	}
	wins := maps.Clone(given)
	wins["url"] = a.URL != ""
	if given["form"] || given["json"] { // one of them on the command line stands for both
		wins["form"], wins["json"] = true, true
	}
	err = settle(root, "a configuration", wins, []setting{
		{"url", "url", takeText(&a.URL)},
		{"login", "login", takeText(&a.Login)},
		{"private", "private", takeText(&a.Private)},
		{"logout", "logout", takeText(&a.Logout)},
		{"start", "start", takeTexts(&a.Start)},
		{"form", "form", takeText(&a.Form)},
		{"json", "json", takeObject(&a.JSON)},
		{"effect", "effect", takeText(&a.Effect)},
		{"change-password", "change-password", takeText(&a.Change)},
		{"trace", "trace", takeText(&a.Trace)},
		{"mode", "", takeChoice(&a.mode, "quick", "ordinary", "full")},
		{"openapi", "openapi", func(key string, n *tree.Node) error {
			err := takeText(&a.openapi)(key, n)
			a.openapi = beside(a.openapi)
			return err
		}},
		{"max-logins", "max-logins", takeNumber(&a.MaxLogins)},
		{"max-requests", "max-requests", takeNumber(&a.MaxRequests)},
		{"pause", "pause", takePeriod(&a.Pause)},
		{"grace", "grace", takePeriod(&a.Grace)},
		{"timeout", "timeout", takePeriod(&a.Timeout)},
		{"max-time", "max-time", takePeriod(&a.MaxTime)},
		{"user-agent", "user-agent", takeText(&a.UserAgent)},
		{"i-may-test", "", func(key string, n *tree.Node) error {
			return n.Errorf("%s stands on the command line alone: who may change this file is not who may have passwords sent to another host", key)
		}},
		{"accounts", "", func(key string, n *tree.Node) error {
			return settle(n, key, wins, []setting{
				{"alice", "", accounts.alice.take(wins, "as", "alice-sees", "totp", beside)},
				{"mallory", "", accounts.mallory.take(wins, "and", "mallory-sees", "mallory-totp", beside)},
			})
		}},
	})
	if err != nil {
		return fmt.Errorf("-config: %w", err)
	}
	return nil
}

// take returns what takes an account.
func (a *accountFlag) take(wins map[string]bool, flag, sees, totp string, beside func(string) string) func(string, *tree.Node) error {
	return func(key string, n *tree.Node) error {
		var name, password string
		err := settle(n, key, wins, []setting{
			{"name", flag, takeText(&name)},
			{"password", flag, takeSource(&password, beside)},
			{"sees", sees, takeText(&a.sees)},
			{"totp", totp, takeSource(&a.totp, beside)},
		})
		switch {
		case err != nil || wins[flag]:
		case name == "":
			err = n.Errorf("%s has no name", key)
		case password == "":
			a.text = name
		default:
			a.text = name + ":" + password
		}
		return err
	}
}

func readConfig(file string) (*tree.Node, error) {
	data, err := readFile(file, mostConfig)
	if err != nil {
		return nil, err
	}
	return yaml.Read(file, data)
}

// readFile reads a file of at most so many bytes, whatever its size is said to be.
func readFile(name string, most int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(data)) > most {
		err = fmt.Errorf("%s is longer than %d bytes", name, most)
	}
	return data, err
}

// settle takes what a map says, but for what a flag says.
func settle(n *tree.Node, what string, wins map[string]bool, settings []setting) error {
	if n.Kind != tree.Map {
		return n.Errorf("%s is a map, not %s", what, n.Kind)
	}
	var keys []string
	for _, s := range settings {
		keys = append(keys, s.key)
	}
	for _, m := range n.Members {
		i := slices.Index(keys, m.Key)
		if i < 0 {
			return tree.At(n.File, m.Line, "%s has no %s%s", what, near.Quote(m.Key), near.Choices(m.Key, keys))
		}
		if s := settings[i]; !wins[s.flag] {
			if err := s.take(m.Key, m.Value); err != nil {
				return err
			}
		}
	}
	return nil
}
