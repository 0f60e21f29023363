//go:build !wasm

package audit

import (
	"context"
	"fmt"
	"net/url"
	"strings"
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
