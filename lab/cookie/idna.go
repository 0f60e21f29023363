package cookie

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// toASCII returns a host's name as it goes on the wire, with xn-- labels (UTS 46,
// nontransitional, as browsers do). It maps what people can type by mistake or on
// purpose, letters of any case, full width and all that stands for letters and
// digits of ASCII, and not every compatibility form that Unicode has. It reports
// false for characters that no host can have.
func toASCII(host string) (string, bool) {
	ascii := true
	for i := range len(host) {
		switch c := host[i]; {
		case c >= utf8.RuneSelf:
			ascii = false
		case c <= ' ' || c == 0x7f || strings.IndexByte(`#%/:<>?@[\]^|`, c) >= 0:
			return "", false
		}
	}
	if ascii {
		return lower(host), true
	}
	var mapped []rune
	for _, r := range host {
		m, ok := mapRune(r)
		if !ok {
			return "", false
		}
		if at := len(mapped) - 1; at >= 0 {
			if c := compose(mapped[at], r); c != 0 {
				mapped[at] = c
				continue
			}
		}
		mapped = append(mapped, []rune(m)...)
	}
	labels := strings.Split(string(mapped), ".")
	for i, l := range labels {
		if first, _ := utf8.DecodeRuneInString(l); 0x300 <= first && first <= 0x36f {
			return "", false // a mark without its letter
		}
		if strings.IndexFunc(l, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0 {
			labels[i] = "xn--" + punycode([]rune(l))
		}
	}
	out := strings.Join(labels, ".")
	if strings.IndexByte(out, '%') >= 0 { // of full width; observed in Chromium 156
		out = lower(Unescape(out))
	}
	if !isASCII(out) || strings.ContainsAny(out, ` #%/:<>?@[\]^|`) {
		return "", false
	}
	return out, true
}

// mapRune returns what a character stands for in a host, "" for nothing.
func mapRune(r rune) (string, bool) {
	one := func(r rune) (string, bool) { return string(unicode.ToLower(r)), true }
	switch {
	case r == 0xad || r == 0x34f || 0x180b <= r && r <= 0x180f || r == 0x200b || r == 0x2060 || r == 0x2064 ||
		0xfe00 <= r && r <= 0xfe0f || r == 0xfeff:
		return "", true // invisible
	case r == 0x3002 || r == 0xff61:
		return ".", true
	case 0xff01 <= r && r <= 0xff5e: // full width
		return one(r - 0xff01 + '!')
	case 0x2460 <= r && r <= 0x2468: // circled digits
		return one('1' + (r - 0x2460))
	case 0x24b6 <= r && r <= 0x24e9: // and letters
		return one('a' + (r-0x24b6)%26)
	case 0x1d400 <= r && r <= 0x1d6a3: // mathematical alphabets, capitals and small letters in turn
		return one('a' + (r-0x1d400)%26)
	case 0x1d7ce <= r && r <= 0x1d7ff: // and digits
		return one('0' + (r-0x1d7ce)%10)
	case 0x1f130 <= r && r <= 0x1f149: // squared letters
		return one('a' + (r - 0x1f130))
	case 0x1fbf0 <= r && r <= 0x1fbf9: // and digits as on a display
		return one('0' + (r - 0x1fbf0))
	case r == 'µ':
		return "μ", true
	case r == 'İ':
		return "i\u0307", true
	case r < 0xa0 && r > '~', unicode.IsSpace(r), 0x200c <= r && r <= 0x200f, 0x202a <= r && r <= 0x202e, 0x2061 <= r && r <= 0x206f,
		0xd800 <= r && r <= 0xf8ff, 0xfff0 <= r && r <= 0xffff, r >= 0xe0000:
		return "", false // controls, spaces, marks of direction, private use, no character
	}
	if i := strings.IndexRune(compatible, r); i >= 0 && r > '~' {
		mapped := compatible[i+utf8.RuneLen(r):]
		if end := strings.IndexFunc(mapped, func(r rune) bool { return r >= utf8.RuneSelf }); end >= 0 {
			mapped = mapped[:end]
		}
		return mapped, true
	}
	return one(r)
}

// compatible has the characters that stand for letters and digits of ASCII, but
// for those that mapRune knows by range, each before what it stands for (Unicode's
// NFKC, in lower case).
const compatible = "" +
	"ªa²2³3¹1ºoĲijĳijſsǇljǈljǉljǊnjǋnjǌnjǱdzǲdzǳdzʰhʲjʳrʷwʸyˡlˢsˣxᴬaᴮbᴰdᴱeᴳgᴴhᴵiᴶjᴷkᴸlᴹmᴺnᴼo" +
	"ᴾpᴿrᵀtᵁuᵂwᵃaᵇbᵈdᵉeᵍgᵏkᵐmᵒoᵖpᵗtᵘuᵛvᵢiᵣrᵤuᵥvᶜcᶠfᶻz⁰0ⁱi⁴4⁵5⁶6⁷7⁸8⁹9ⁿn₀0₁1₂2₃3₄4₅5₆6₇7₈8₉9ₐa" +
	"ₑeₒoₓxₕhₖkₗlₘmₙnₚpₛsₜt₨rsℂcℊgℋhℌhℍhℎhℐiℑiℒlℓlℕn№noℙpℚqℛrℜrℝr℠sm℡tel™tmℤzℨzKkℬbℭcℯeℰeℱfℳm" +
	"ℴoℹi℻faxⅅdⅆdⅇeⅈiⅉjⅠiⅡiiⅢiiiⅣivⅤvⅥviⅦviiⅧviiiⅨixⅩxⅪxiⅫxiiⅬlⅭcⅮdⅯmⅰiⅱiiⅲiiiⅳivⅴvⅵviⅶvii" +
	"ⅷviiiⅸixⅹxⅺxiⅻxiiⅼlⅽcⅾdⅿm⑩10⑪11⑫12⑬13⑭14⑮15⑯16⑰17⑱18⑲19⑳20⓪0ⱼjⱽv㉐pte㉑21㉒22㉓23㉔24㉕25㉖26" +
	"㉗27㉘28㉙29㉚30㉛31㉜32㉝33㉞34㉟35㊱36㊲37㊳38㊴39㊵40㊶41㊷42㊸43㊹44㊺45㊻46㊼47㊽48㊾49㊿50㋌hg㋍erg㋎ev㋏ltd" +
	"㍱hpa㍲da㍳au㍴bar㍵ov㍶pc㍷dm㍸dm2㍹dm3㍺iu㎀pa㎁na㎃ma㎄ka㎅kb㎆mb㎇gb㎈cal㎉kcal㎊pf㎋nf㎎mg㎏kg㎐hz㎑khz㎒mhz" +
	"㎓ghz㎔thz㎖ml㎗dl㎘kl㎙fm㎚nm㎜mm㎝cm㎞km㎟mm2㎠cm2㎡m2㎢km2㎣mm3㎤cm3㎥m3㎦km3㎩pa㎪kpa㎫mpa㎬gpa㎭rad㎰ps㎱ns" +
	"㎳ms㎴pv㎵nv㎷mv㎸kv㎹mv㎺pw㎻nw㎽mw㎾kw㎿mw㏃bq㏄cc㏅cd㏈db㏉gy㏊ha㏋hp㏌in㏍kk㏎km㏏kt㏐lm㏑ln㏒log㏓lx㏔mb㏕mil" +
	"㏖mol㏗ph㏙ppm㏚pr㏛sr㏜sv㏝wb㏿galꟲcꟳfꟴqﬀffﬁfiﬂflﬃffiﬄfflﬅstﬆst𐞥q🄫c🄬r🄭cd🄮wz🅊hv🅋mv🅌sd🅍ss🅎ppv🅏wc" +
	"🅪mc🅫md🅬mr🆐dj"

// compose returns the letter that a letter and the mark after it are (Unicode's
// NFC), for those of Latin-1; 0 for none.
func compose(letter, mark rune) rune {
	const marks = "\u0300\u0301\u0302\u0303\u0308\u030a\u0327"
	at := strings.IndexRune(marks, mark)
	if at < 0 {
		return 0
	}
	for _, row := range [...]string{"aàáâãäå-", "e" + "èéê-ë--", "iìíî-ï--", "oòóôõö--", "uùúû-ü--", "y-ý--ÿ--", "n---ñ---", "c------ç"} {
		if rune(row[0]) == letter {
			if c := []rune(row)[1+at/2]; c != '-' {
				return c
			}
		}
	}
	return 0
}

// punycode encodes a label (RFC 3492 6.3).
func punycode(label []rune) string {
	const base, tMin, tMax, skew, damp = 36, 1, 26, 38, 700
	var out []byte
	for _, r := range label {
		if r < utf8.RuneSelf {
			out = append(out, byte(r))
		}
	}
	basic := len(out)
	if basic > 0 {
		out = append(out, '-')
	}
	n, delta, bias := rune(utf8.RuneSelf), 0, 72
	for done := basic; done < len(label); n++ {
		next := rune(unicode.MaxRune)
		for _, r := range label {
			if r >= n {
				next = min(next, r)
			}
		}
		delta += int(next-n) * (done + 1)
		n = next
		for _, r := range label {
			if r < n {
				delta++
			}
			if r != n {
				continue
			}
			q := delta
			for k := base; ; k += base {
				t := min(max(k-bias, tMin), tMax)
				if q < t {
					out = append(out, punyDigit(q))
					break
				}
				out = append(out, punyDigit(t+(q-t)%(base-t)))
				q = (q - t) / (base - t)
			}
			if done == basic {
				delta /= damp
			} else {
				delta /= 2
			}
			done++
			delta += delta / done
			bias = 0
			for delta > (base-tMin)*tMax/2 {
				delta /= base - tMin
				bias += base
			}
			bias += (base - tMin + 1) * delta / (delta + skew)
			delta = 0
		}
		delta++
	}
	return string(out)
}

func punyDigit(n int) byte {
	if n < 26 {
		return 'a' + byte(n)
	}
	return '0' + byte(n-26)
}
