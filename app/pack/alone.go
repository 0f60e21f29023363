package pack

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"regexp"
	"strings"
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
	s := &shell{site: site, name: "index.html", page: string(site["index.html"])}
	text := func(text string) func([]string) string { return func([]string) string { return text } }
	first := bytes.Join(scripts, []byte("\n"))
	var css, loader []byte
	var facts string
	var packed struct{ Packed string }
	s.swap(styleLink, func(g []string) string { css = s.file(g[1]); return "<style>" + string(css) + "</style>" })
	s.swap(againScript, text("<script>"+string(first)+"</script>"))
	s.swap(iconLink, text(s.icon()))
	s.swap(otherLinks, text(""))
	s.swap(loaderTag, func(g []string) string {
		loader, facts = s.file(g[1]), g[map[string]int{"app": 2, "whole": 3}[program]]
		if err := json.Unmarshal([]byte(html.UnescapeString(facts)), &packed); err != nil {
			s.wrong("the facts of %s: %w", program, err)
		}
		return ""
	})
	lesson := mainTag.Find(s.file("lesson.html"))
	s.swap(noScript, text(`<noscript><p id="noscript">The lab needs JavaScript and WebAssembly. This is its first lesson as text.</p><div id="lesson">`+string(lesson)+`</div></noscript>`))
	s.swap(lateNote, text(lateAlone))
	var sheets strings.Builder
	styles := hashOf(css)
	for _, name := range sheetNames(site) {
		if program != "whole" {
			break // only trainers' pages name them
		}
		page, style, err := sheet(site, name)
		if err != nil {
			return nil, err
		}
		if hash := hashOf(style); !strings.Contains(styles, hash) { // a page of a page's has its policy too
			styles += " " + hash
		}
		s.never("</script", page)
		fmt.Fprintf(&sheets, "<script type=\"text/plain\" data-sheet=\"%s\">%s</script>\n", name, page)
	}
	s.swap(policyTag, text(`<meta http-equiv="Content-Security-Policy" content="`+fmt.Sprintf(alonePolicy, hashOf(first)+" "+hashOf(loader), styles)+`">`))
	s.swap(bodyEnd, text(sheets.String()+`<template data-page="lesson.html" title="The first lesson as text">`+string(lesson)+"</template>\n"+
		`<template data-page="licences.txt" title="Licences"><pre>`+html.EscapeString(string(s.file("licences.txt")))+"</pre></template>\n"+
		`<script type="application/octet-stream" id="program">`+base64.StdEncoding.EncodeToString(s.file(packed.Packed))+"</script>\n"+
		`<script data-app="`+facts+`" data-whole="`+facts+`" data-whole-at="">`+string(loader)+"</script>\n</body>"))
	for _, never := range []string{"</script", "<!--", "</style"} { // they end, or hide, what stands inline
		s.never(never, first, loader, css)
	}
	return []byte(s.page), s.fault
}
