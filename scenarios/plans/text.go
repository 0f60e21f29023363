package plans

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"fixlab/lab/codec"
	"fixlab/lab/near"
)

// Text writes p as Parse reads it.
func (p Plan) Text() string {
	var b strings.Builder
	line := func(key, value string) {
		if value = strings.TrimSpace(value); value != "" {
			b.WriteString(key + ": " + value + "\n")
		}
	}
	line("plan", p.Name)
	line("title", p.Title)
	line("minutes", strconv.Itoa(p.Minutes))
	for _, i := range p.Items {
		b.WriteString("\ndo:")
		if what := strings.TrimSpace(i.What); what != "" {
			b.WriteString(" " + what)
		}
		b.WriteString("\n")
		line("takes", strconv.Itoa(i.Minutes))
		line("how", i.How)
		line("open", strings.Join(i.Links(), " "))
		if i.Optional {
			line("late", leaveOut)
		}
	}
	return b.String()
}

const leaveOut = "leave out"

// Parse reads what Text wrote, or a trainer. The error says where, and what is wanted.
func Parse(text string) (p Plan, err error) {
	if len(text) > MostBytes {
		return p, fmt.Errorf("a running order has at most %d KiB, and this one has more", MostBytes>>10)
	}
	seen := map[string]int{} // the keys of the head, and then of the item, with their lines
	n := 0
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		n++
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		key, value, ok := strings.Cut(line, ":")
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		if !ok {
			return Plan{}, fmt.Errorf("line %d: want \"key: value\", got %s", n, near.Quote(line))
		}
		if key == "do" {
			clear(seen)
		}
		if first, twice := seen[key]; twice {
			return Plan{}, fmt.Errorf("line %d: %s stands in line %d already", n, key, first)
		}
		seen[key] = n
		if err := p.take(key, value); err != nil {
			return Plan{}, fmt.Errorf("line %d: %w", n, err)
		}
	}
	switch {
	case len(p.Items) == 0:
		return Plan{}, errors.New("there is no item in it: each begins with a line \"do: …\"")
	case p.Minutes == 0:
		return Plan{}, errors.New("its length is missing: a line \"minutes: 45\" at the top")
	}
	return p, nil
}

// take takes a line of a plan over.
func (p *Plan) take(key, value string) (err error) {
	if err := fits(value); err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	if key == "do" {
		if len(p.Items) == MostItems {
			return fmt.Errorf("a running order has at most %d items", MostItems)
		}
		p.Items = append(p.Items, Item{What: value})
		return nil
	}
	if len(p.Items) == 0 {
		switch key {
		case "plan":
			p.Name = value
		case "title":
			p.Title = value
		case "minutes":
			if p.Minutes, err = minutes(value); err == nil && p.Minutes == 0 {
				err = errors.New("want at least one minute")
			}
		default:
			return fmt.Errorf("%s: unknown; before the first item stand %s", near.Quote(key), "plan, title and minutes")
		}
	} else {
		item := &p.Items[len(p.Items)-1]
		switch key {
		case "takes":
			item.Minutes, err = minutes(value)
		case "how":
			item.How = value
		case "open":
			item.Link, err = opens(value)
		case "late":
			if item.Optional = value == leaveOut; !item.Optional {
				err = fmt.Errorf("want %q, got %s", leaveOut, near.Quote(value))
			}
		default:
			return fmt.Errorf("%s: unknown; an item has do, takes, how, open and late", near.Quote(key))
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	return nil
}

func fits(value string) error {
	if !utf8.ValidString(value) || strings.ContainsFunc(value, func(r rune) bool { return !shown(r) }) {
		return errors.New("there is a character in it that cannot be shown")
	}
	if len(value) > MostText {
		return fmt.Errorf("it has more than %d bytes", MostText)
	}
	return nil
}

// minutes reads a number of minutes.
func minutes(text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > MostMinutes || strconv.Itoa(n) != text {
		return 0, fmt.Errorf("want a number of minutes from 0 to %d, got %s", MostMinutes, near.Quote(text))
	}
	return n, nil
}

// opens reads what an item opens: words of letters, digits and the few signs that links
// of the lab have.
func opens(text string) (string, error) {
	words := strings.Fields(text)
	for _, w := range words {
		if strings.Trim(w, linkSigns) != "" {
			return "", fmt.Errorf("%s is no link of the lab", near.Quote(w))
		}
	}
	return strings.Join(words, " "), nil
}

const linkSigns = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~+%@/"

// Pack returns p as a link holds it.
func (p Plan) Pack() string { return codec.Pack(p.Text(), &codec.Deflater{}) }

// Unpack is the inverse of Pack.
func Unpack(packed string) (Plan, error) {
	text, err := codec.Unpack(packed, MostBytes)
	if err != nil {
		return Plan{}, fmt.Errorf("the running order in the link cannot be read: it is cut short, or longer than %d KiB", MostBytes>>10)
	}
	return Parse(text)
}
