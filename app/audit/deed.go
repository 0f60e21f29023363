//go:build !wasm

package audit

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	core "fixlab/lab/audit"
)

// A deed is a request that a visitor makes: "/basket", or "POST /basket item=tea&n=1".
type deed struct {
	method, path string
	fields       []field
}

// parseDeed reads a deed. The error says how one is written.
func parseDeed(text string) (deed, error) {
	words := strings.Fields(text)
	switch {
	case len(words) == 1:
		return deed{method: "GET", path: words[0]}, nil
	case len(words) != 2 && len(words) != 3, strings.ToUpper(words[0]) != words[0]:
		return deed{}, fmt.Errorf("%q is neither a path nor like “POST /basket item=tea”", text)
	}
	d := deed{method: words[0], path: words[1]}
	if len(words) == 3 {
		for part := range strings.SplitSeq(words[2], "&") {
			name, value, _ := strings.Cut(part, "=")
			if plain, err := url.PathUnescape(value); err == nil {
				value = plain
			}
			d.fields = append(d.fields, field{name: name, value: value})
		}
	}
	return d, nil
}

// do carries a deed out with b. For one that posts, the page is opened first: its token goes
// along.
func (r *run) do(ctx context.Context, b *browser, d deed) (*answer, error) {
	u, err := r.at(d.path)
	if err != nil {
		return nil, &failure{says: err.Error()}
	}
	if d.method == "GET" && d.fields == nil {
		return r.client.open(ctx, b, "GET", u, nil)
	}
	before, err := r.client.open(ctx, b, "GET", u, nil)
	if err != nil {
		return nil, err
	}
	page := read(before)
	f := form{action: u, method: d.method, fields: merge(given(page), d.fields)}
	p := f.post(u)
	if p != nil {
		p.header = r.tokens(b, u, page)
	}
	return r.client.open(ctx, b, f.method, f.to(), p)
}

func parseDeeds(texts []string) (deeds []deed, err error) {
	for _, text := range texts {
		d, err := parseDeed(text)
		if err != nil {
			return nil, fmt.Errorf("-start: %w", err)
		}
		deeds = append(deeds, d)
	}
	return deeds, nil
}

// act does what -effect says: "POST /basket item={mark}".
func (r *run) act(ctx context.Context, jar string) error {
	r.traces[jar] = "fixlab" + random(10, "0123456789abcdef")
	d, err := parseDeed(strings.ReplaceAll(r.Effect, "{mark}", r.traces[jar]))
	if err != nil {
		return &failure{says: "-effect " + err.Error() + "."}
	}
	_, err = r.do(ctx, r.jars[jar], d)
	return err
}

// lookEffect says whether b sees the trace of what was done with the jar of that name.
func (r *run) lookEffect(ctx context.Context, b *browser, by string, seen *core.Seen) error {
	path := r.Trace
	set(&path, r.Private)
	u, err := r.at(path)
	if err != nil {
		return &failure{says: err.Error()}
	}
	a, err := r.client.open(ctx, b.copy(), "GET", u, nil)
	if err != nil {
		return err
	}
	if seen.Who = core.Nobody; strings.Contains(a.text(), r.traces[by]) {
		seen.Who = core.Victim
	}
	return nil
}
