package edit

import (
	"slices"
	"strings"

	"fixlab/lab/event"
	"fixlab/lab/script"
)

// step completes a step.
func (c *place) step() {
	typed, n := c.lastWord()
	if n == 0 {
		c.offer(typed, actors)
		return
	}
	s := newStep(c.typed)
	who, browser := s.who()
	if n == 1 {
		var verbs []Suggestion
		for _, v := range script.Verbs {
			if slices.Contains(strings.Fields(v.Who), who) {
				text, hint := v.Name, v.Does
				if v.Args != "" {
					text, hint = v.Name+" ", v.Args+": "+v.Does
				}
				verbs = append(verbs, Suggestion{text, hint})
			}
		}
		c.offer(typed, verbs)
		return
	}
	verb, first := s.words[1], n == 2
	switch verb { // those whose words are no texts
	case "copy", "read":
		if first {
			c.offer(typed, variables)
		} else if verb == "read" && n == 3 {
			c.offer(typed, names(fields(c.asked[browser])))
		}
		return
	case "join", "wait":
		if first && verb == "join" {
			c.offer(typed, plain([]string{event.Alice, event.Mallory}, ""))
		} else if first {
			c.offer(typed, durations)
		}
		return
	}
	if !slices.ContainsFunc(script.Verbs, func(v script.Verb) bool { return v.Name == verb && v.Args != "" }) || c.variable(typed, who) {
		return
	}
	switch verb {
	case "get":
		if first {
			c.url(typed, paths)
		}
	case "post":
		if first {
			var own []Suggestion
			for _, f := range forms {
				own = append(own, Suggestion{f.path + strings.Repeat(" ", min(1, len(f.fields))), strings.Join(texts(f.fields), " ")})
			}
			c.url(typed, own)
			return
		}
		path, _, _ := strings.Cut(strings.TrimPrefix(s.words[2], "https://"+event.ShopHost), "?")
		c.field(typed, path, s.words[3:])
	case "submit":
		c.field(typed, c.asked[browser], s.words[2:])
	case "let":
		if first {
			c.offer(typed, then(variables, "="))
		}
	case "paste", "script":
		c.cookie(c.typed[s.at[1].to:])
	case "serve":
		c.serve(typed, n, s)
	}
}

// names returns the names of fields.
func names(fields []Suggestion) (list []Suggestion) {
	for _, f := range fields {
		list = append(list, Suggestion{strings.TrimSuffix(f.Text, "="), f.Hint})
	}
	return list
}

// then returns suggestions with something behind them.
func then(all []Suggestion, what string) (list []Suggestion) {
	for _, s := range all {
		list = append(list, Suggestion{s.Text + what, s.Hint})
	}
	return list
}

// variable completes a variable at the end of a word. It reports false when there is none.
func (c *place) variable(typed, who string) bool {
	i := strings.LastIndexByte(typed, '$')
	if i < 0 {
		return false
	}
	name, braced := strings.CutPrefix(typed[i+1:], "{")
	if name != "" && !script.IsName(name) {
		return false
	}
	all := c.usable(who)
	if braced {
		for k := range all {
			all[k].Text = "${" + all[k].Text[1:] + "}"
		}
	}
	c.offer(typed[i:], all)
	return true
}

// url completes an address: one that was served, a path of the shop, or a host.
func (c *place) url(typed string, own []Suggestion) {
	const shop = "https://" + event.ShopHost
	if strings.HasPrefix(typed, shop+"/") {
		var full []Suggestion
		for _, s := range own {
			full = append(full, Suggestion{shop + s.Text, s.Hint})
		}
		own = full
	}
	c.offer(typed, c.put(), own, without(sites, c.served))
}

// put are the addresses that were served, the last first, each once.
func (c *place) put() (list []Suggestion) {
	seen := map[string]bool{}
	for i := len(c.served) - 1; i >= 0 && len(list) < mostNear; i-- {
		if !seen[c.served[i]] {
			seen[c.served[i]] = true
			list = append(list, Suggestion{c.served[i], "mallory answers there"})
		}
	}
	return list
}

// without returns the suggestions that are not among those.
func without(all []Suggestion, those []string) []Suggestion {
	return slices.DeleteFunc(slices.Clone(all), func(s Suggestion) bool { return slices.Contains(those, s.Text) })
}

// field completes the name of a field that is not filled in yet.
func (c *place) field(typed, path string, filled []string) {
	if strings.Contains(typed, "=") {
		return
	}
	var done []string
	for _, f := range filled {
		name, _, _ := strings.Cut(f, "=")
		done = append(done, name+"=")
	}
	c.offer(typed, without(fields(path), done))
}

// cookie completes a cookie of which that is typed.
func (c *place) cookie(typed string) {
	i := strings.LastIndexByte(typed, ';')
	part := strings.TrimLeft(typed[i+1:], " ")
	if i >= 0 {
		c.offer(part, attributes)
	} else if !strings.Contains(part, "=") {
		c.offer(part, []Suggestion{{"$cookie=", "the session cookie"}})
	}
}

// serve completes what Mallory puts somewhere; n words stand before what is typed.
func (c *place) serve(typed string, n int, s step) {
	if n == 2 {
		c.offer(typed, c.put(), then(without(servable, c.served), " "))
		return
	}
	if i := strings.LastIndexByte(typed, '<'); i >= 0 {
		c.offer(typed[i:], snippets)
		return
	}
	if n == 3 {
		c.offer(typed, headers, snippets)
		return
	}
	switch name := s.words[3]; {
	case strings.EqualFold(name, "Set-Cookie:"):
		c.cookie(c.typed[s.at[3].to:])
	case strings.EqualFold(name, "Location:"):
		c.offer(typed, c.put(), sites)
	default:
		c.offer(typed, values[name])
	}
}
