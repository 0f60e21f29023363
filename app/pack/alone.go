package pack

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"regexp"
)

// alonePolicy is the Content-Security-Policy of a page that holds all of itself; %s stands
// for the hashes of its scripts and of its style sheet. Such a page asks for nothing.
const alonePolicy = "default-src 'none'; script-src 'wasm-unsafe-eval' %s; style-src %s; img-src data:; " +
	"worker-src blob:; connect-src 'none'; base-uri 'none'; form-action 'none'"

// lateAlone is what the page says where its scripts do not run.
const lateAlone = `<p id="late" role="alert">The lab has not started. Either this file is cut short: copy it once more. ` +
	`Or its scripts are forbidden here: a sandboxed frame needs allow-scripts, and a Content-Security-Policy of the host must allow 'unsafe-inline' and 'wasm-unsafe-eval'.</p>`

// The parts of the site's shell that are others in a page that holds all of itself.
var (
	policyTag   = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy" content="[^"]*">`)
	againScript = regexp.MustCompile(`(?s)<script>.*?</script>`)
	styleLink   = regexp.MustCompile(`<link rel="stylesheet" href="(?:\./)?([^"]*)"[^>]*>`)
	iconLink    = regexp.MustCompile(`<link rel="icon" [^>]*>`)
	otherLinks  = regexp.MustCompile(`(<link rel="(apple-touch-icon|manifest)" [^>]*>\n){2}`)
	loaderTag   = regexp.MustCompile(`<script defer data-cfasync="false" src="(?:\./)?([^"]*)" integrity="[^"]*" data-app="([^"]*)" data-whole="([^"]*)" data-whole-at="[^"]*"></script>\n`)
	noScript    = regexp.MustCompile(`<noscript>.*?</noscript>`)
	lateNote    = regexp.MustCompile(`(?s)<p id="late".*?</p>`)
	bodyEnd     = regexp.MustCompile(`</body>`)
	mainTag     = regexp.MustCompile(`(?s)<main>.*</main>`)
)

// alone makes the built site one page: the shell with everything inside that it would
// load. program is "app" or "whole"; the scripts run before the loader.
func alone(site map[string][]byte, program string, scripts ...[]byte) ([]byte, error) {
	page := string(site["index.html"])
	var fault error // the first
	wrong := func(err error) {
		if fault == nil {
			fault = err
		}
	}
	// swap replaces what tag finds, which must stand there once, and returns its groups.
	swap := func(tag *regexp.Regexp, with func(groups []string) string) {
		found := tag.FindAllStringSubmatchIndex(page, -1)
		if len(found) != 1 {
			wrong(fmt.Errorf("index.html: %s stands in it %d times, want 1", tag, len(found)))
			return
		}
		groups := tag.FindStringSubmatch(page)
		page = page[:found[0][0]] + with(groups) + page[found[0][1]:]
	}
	file := func(name string) []byte {
		b, ok := site[name]
		if !ok {
			wrong(fmt.Errorf("the site has no %s", name))
		}
		return b
	}
	text := func(text string) func([]string) string { return func([]string) string { return text } }

	first := bytes.Join(scripts, []byte("\n"))
	var css, loader []byte
	var facts string
	var packed struct{ Packed string }
	swap(styleLink, func(g []string) string { css = file(g[1]); return "<style>" + string(css) + "</style>" })
	swap(againScript, text("<script>"+string(first)+"</script>"))
	swap(iconLink, text(`<link rel="icon" type="image/svg+xml" href="data:image/svg+xml;base64,`+base64.StdEncoding.EncodeToString(file("icon.svg"))+`">`))
	swap(otherLinks, text(""))
	swap(loaderTag, func(g []string) string {
		loader, facts = file(g[1]), g[map[string]int{"app": 2, "whole": 3}[program]]
		if err := json.Unmarshal([]byte(html.UnescapeString(facts)), &packed); err != nil {
			wrong(fmt.Errorf("index.html: the facts of %s: %w", program, err))
		}
		return ""
	})
	lesson := mainTag.Find(file("lesson.html"))
	swap(noScript, text(`<noscript><p id="noscript">The lab needs JavaScript and WebAssembly. This is its first lesson as text.</p><div id="lesson">`+string(lesson)+`</div></noscript>`))
	swap(lateNote, text(lateAlone))
	swap(bodyEnd, text(`<template data-page="lesson.html" title="The first lesson as text">`+string(lesson)+"</template>\n"+
		`<template data-page="licences.txt" title="Licences"><pre>`+html.EscapeString(string(file("licences.txt")))+"</pre></template>\n"+
		`<script type="application/octet-stream" id="program">`+base64.StdEncoding.EncodeToString(file(packed.Packed))+"</script>\n"+
		`<script data-app="`+facts+`" data-whole="`+facts+`" data-whole-at="">`+string(loader)+"</script>\n</body>"))
	swap(policyTag, text(`<meta http-equiv="Content-Security-Policy" content="`+fmt.Sprintf(alonePolicy, hashOf(first)+" "+hashOf(loader), hashOf(css))+`">`))
	for _, never := range []string{"</script", "<!--", "</style"} { // they end, or hide, what stands inline
		if bytes.Contains(bytes.ToLower(bytes.Join([][]byte{first, loader, css}, nil)), []byte(never)) {
			wrong(fmt.Errorf("what stands inline holds %s", never))
		}
	}
	return []byte(page), fault
}

// hashOf returns the hash of an inline script or style as a policy has it.
func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
