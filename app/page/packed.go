package page

import (
	"encoding/json"
	"maps"
	"strings"

	"fixlab/app/class"
	"fixlab/lab/codec"
)

// packedMark begins a Progress as Packed writes it: its version.
const packedMark = "1|"

// Packed writes p, as ParseProgress reads it, in at most n characters of ASCII; n is at
// least 1,000. Where that does not hold all, the longest answers are left out first, as many
// as it says; what was solved and gone through never is.
func (p Progress) Packed(n int) (text string, left int) {
	p.Challenges = maps.Clone(p.Challenges)
	for {
		if text = p.packed(); len(text) <= n {
			return text, left
		}
		longest := ""
		for _, id := range class.Goals() {
			if len(p.Challenges[id].Answer) > len(p.Challenges[longest].Answer) {
				longest = id
			}
		}
		if longest == "" {
			break
		}
		d := p.Challenges[longest]
		d.Answer = ""
		p.Challenges[longest] = d
		left++
	}
	// Options of an earlier version, and longer than any of this one's.
	p.Lessons = maps.Clone(p.Lessons)
	for name, r := range p.Lessons {
		r.Bets = nil
		p.Lessons[name] = r
	}
	return p.packed(), left
}

func (p Progress) packed() string {
	p.Version = progressVersion
	b, err := json.Marshal(p)
	if err != nil {
		panic("the page: progress is plain data: " + err.Error())
	}
	return packedMark + codec.Pack(string(b), &codec.Deflater{})
}

// unpacked returns a text of progress as String writes it, which may be packed. The error
// says that it is cut short.
func unpacked(text string) (string, error) {
	if packed, is := strings.CutPrefix(text, packedMark); is {
		return codec.Unpack(packed, largestProgress)
	}
	return text, nil
}
