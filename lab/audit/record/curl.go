package record

import (
	"cmp"
	"strings"

	"fixlab/lab/audit"
	"fixlab/lab/cookie"
)

// commandAt returns where in a line a curl command begins, -1 if none does: at its start or
// behind a prompt.
func commandAt(line string) int {
	if !strings.Contains(line, "curl") {
		return -1
	}
	for _, name := range []string{"curl ", "curl.exe ", "curl\t"} {
		i := strings.Index(line[:min(len(line), 200)], name)
		if i < 0 {
			continue
		}
		before := strings.TrimRight(line[:i], " \t")
		if before == "" || i > len(before) && before != ">" && strings.IndexByte("$%#>", before[len(before)-1]) >= 0 {
			return i
		}
	}
	return -1
}

// A command is a curl command on its way to exchanges.
type command struct {
	item
	method, sent string
	urls         []string
	post         post
	get, head    bool
	body         bool
	browser      bool     // it has a browser's User-Agent
	accepts      bool     // and Accept, without which no browser sends
	files        []string // options whose value lies in a file
}

// command reads the curl command at t.at, and steps over it.
func (t *talk) command() {
	t.close()
	from := t.at
	words, end, ok := shellWords(t.text, from)
	if t.at = end; !ok {
		t.problem("line %d: a curl command whose quotation mark is not closed", t.place(from))
		return
	}
	o := command{}
	for i := 1; i <= len(words); i++ {
		if i == len(words) || words[i] == "--next" || words[i] == "-:" {
			t.commanded(&o, from)
			o = command{}
			continue
		}
		name, value, more := option(words[i], words[i+1:])
		i += more
		for _, one := range name {
			o.option(one, value)
		}
	}
}

func (o *command) option(name, value string) {
	switch name {
	case "url":
		o.urls = append(o.urls, value)
	case "request":
		o.method = value
	case "head":
		o.head = true
	case "get":
		o.get = true
	case "cookie":
		if !strings.Contains(value, "=") {
			o.files = append(o.files, "--cookie")
			return
		}
		o.Cookies = append(o.Cookies, pairs(value)...)
	case "header":
		name, text, _ := strings.Cut(value, ":")
		switch text = strings.TrimSpace(text); strings.ToLower(name) {
		case "cookie":
			o.Cookies = append(o.Cookies, pairs(text)...)
		case "authorization":
			o.authorization(text)
		case "content-type":
			o.post.kind = text
		case "referer":
			o.refer(text)
		case "user-agent":
			o.browser = strings.HasPrefix(text, "Mozilla/")
		case "accept":
			o.accepts = true
		case "sec-fetch-mode":
			o.page = o.page || text == "navigate"
		case "upgrade-insecure-requests": // as browsers send for a page, over http too
			o.page = true
		}
	case "referer":
		o.refer(value)
	case "user":
		o.Bearer = true
		if _, password, _ := strings.Cut(value, ":"); password != "" {
			o.secrets = append(o.secrets, "option --user")
		}
	case "oauth2-bearer":
		o.Bearer = true
	case "upload-file":
		o.sent = "PUT"
	case "data", "data-ascii", "data-binary", "json", "data-raw", "data-urlencode":
		o.data(name, value)
	case "form", "form-string":
		o.body = true
		field, text, _ := strings.Cut(value, "=")
		o.post.add(field, text != "")
	}
}

func (o *command) refer(address string) {
	if u, ok := cookie.ParseURL(nil, address); ok {
		o.referer = bareURL(u)
	}
}

// data takes in what -d and its like post.
func (o *command) data(name, value string) {
	o.body = true
	if name != "data-raw" && strings.HasPrefix(value, "@") {
		o.files = append(o.files, "--"+name)
		return
	}
	if name == "json" {
		o.post.kind = "application/json"
	} else if name == "data-urlencode" { // curl encodes what is behind the first =
		field, text, _ := strings.Cut(value, "=")
		if value = field + "="; text != "" {
			value += "-"
		}
	}
	if name != "json" && o.post.text != "" {
		value = "&" + value
	}
	o.post.text += value
}

// commanded takes the exchanges of a command in.
func (t *talk) commanded(o *command, from int) {
	for _, name := range o.files {
		t.problem("line %d: what %s names is a file, and it is not read", t.place(from), name)
	}
	o.kind = audit.CURL
	query := ""
	if o.get {
		query, o.post.text = o.post.text, ""
	}
	o.item.post(&o.post)
	if o.get {
		o.body = false
	}
	method := o.method
	switch {
	case method != "":
	case o.head:
		method = "HEAD"
	case o.body:
		method = "POST"
	default:
		method = cmp.Or(o.sent, "GET")
	}
	if o.browser && !o.accepts {
		return // it was never sent: the answer was in the browser's cache
	}
	told := false
	for _, address := range o.urls {
		if !strings.Contains(address, "://") {
			address = "http://" + address // as curl does
		}
		if query != "" {
			address += map[bool]string{true: "&", false: "?"}[strings.Contains(address, "?")] + query
		}
		x := o.item
		if !x.ask(method, address) {
			continue
		}
		t.close()
		t.open, t.fresh, told = &x, true, true
	}
	if !told {
		t.problem("line %d: a curl command without a URL that can be read, left out", t.place(from))
	}
}
