package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
)

// manifest describes the installed app. Every address in it is relative to the
// manifest's own, so that it holds under any path.
func manifest() ([]byte, error) {
	type icon struct {
		Src     string `json:"src"`
		Sizes   string `json:"sizes"`
		Type    string `json:"type"`
		Purpose string `json:"purpose,omitempty"`
	}
	b, err := json.MarshalIndent(struct {
		ID          string `json:"id"`
		Name        string `json:"name"`
		ShortName   string `json:"short_name"`
		Description string `json:"description"`
		Lang        string `json:"lang"`
		StartURL    string `json:"start_url"`
		Scope       string `json:"scope"`
		Display     string `json:"display"`
		Background  string `json:"background_color"`
		Theme       string `json:"theme_color"`
		Icons       []icon `json:"icons"`
	}{
		ID: "./", Name: title, ShortName: title, Description: description, Lang: "en",
		StartURL: "./", Scope: "./", Display: "standalone", Background: "#ffffff", Theme: themeColor,
		Icons: []icon{
			{"icon.svg", "any", "image/svg+xml", ""},
			{"icon-192.png", "192x192", "image/png", ""},
			{"icon-512.png", "512x512", "image/png", ""},
			{"icon-maskable-512.png", "512x512", "image/png", "maskable"},
		},
	}, "", "  ")
	return append(b, '\n'), err
}

// worker fills in the service worker's version, and the files it keeps with their
// hashes.
func worker(text []byte, version string, names []string, files map[string][]byte) ([]byte, error) {
	sums := map[string]string{}
	for _, name := range names {
		sums[name] = integrity(files[name])
	}
	list, err := json.Marshal(sums)
	if err != nil {
		return nil, err
	}
	return fill("sw.js", text, map[string]string{"{{VERSION}}": `"` + version + `"`, "{{FILES}}": string(list)})
}

// notFound makes 404.html. Hosts show it in place of any missing file, at that
// file's address, so it can name no file of the site by a relative link: its
// script is inline, and its policy allows this one script by its hash.
func notFound(page, script []byte, data pageData) ([]byte, error) {
	base, err := json.Marshal(data.Base)
	if err != nil {
		return nil, err
	}
	script, err = fill("404.js", script, map[string]string{"{{BASE}}": string(base), "{{MARK}}": `"` + data.Boot + `"`})
	if err != nil {
		return nil, err
	}
	data.Policy = fmt.Sprintf("default-src 'none'; script-src '%s'; connect-src 'self'; base-uri 'none'; form-action 'none'", integrity(script))
	data.Script = template.JS(script)
	return render("404.html", page, data)
}

// integrity returns the SHA-256 of b as an integrity attribute and a
// Content-Security-Policy have it.
func integrity(b []byte) string {
	sum := sha256.Sum256(b)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// fill replaces each placeholder, which must stand in text exactly once.
func fill(name string, text []byte, values map[string]string) ([]byte, error) {
	for mark, value := range values {
		if n := bytes.Count(text, []byte(mark)); n != 1 {
			return nil, fmt.Errorf("%s: %s stands in it %d times, want 1", name, mark, n)
		}
		text = bytes.Replace(text, []byte(mark), []byte(value), 1)
	}
	return text, nil
}
