package bench

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"hash"
	"strconv"
	"strings"
)

// A Line is a command for a Unix shell that computes a signature without this
// package and prints it.
type Line struct {
	Tool string // "openssl", "python3" or "node"
	Text string
}

// A recipe is how a signature is computed: all that another tool needs to know.
type recipe struct {
	digest string // "sha1" or "sha256"
	derive string // "": the secret is the key; "hash": digest(prefix + secret); "hmac": HMAC(secret, prefix)
	prefix string
	encode string // "hex", "base64", "base64url" or "base64url padded"
}

func (r recipe) new() hash.Hash {
	if r.digest == "sha1" {
		return sha1.New()
	}
	return sha256.New()
}

// sum returns the raw HMAC of message.
func (r recipe) sum(message, secret string) []byte {
	key := []byte(secret)
	switch r.derive {
	case "hash":
		h := r.new()
		h.Write([]byte(r.prefix + secret))
		key = h.Sum(nil)
	case "hmac":
		h := hmac.New(r.new, key)
		h.Write([]byte(r.prefix))
		key = h.Sum(nil)
	}
	h := hmac.New(r.new, key)
	h.Write([]byte(message))
	return h.Sum(nil)
}

// lines returns the commands that print the signature of message, none when a
// text holds a zero byte, which no command line can carry.
func (r recipe) lines(message, secret string) []Line {
	if strings.ContainsRune(message+secret+r.prefix, 0) {
		return nil
	}
	return []Line{
		{"openssl", r.openssl(message, secret)},
		{"python3", r.python(message, secret)},
		{"node", r.node(message, secret)},
	}
}

func (r recipe) openssl(message, secret string) string {
	dgst := " | openssl dgst -" + r.digest
	const mac = " -mac HMAC -macopt "
	key, with := "", "key:"+shellQuote(secret)
	switch r.derive {
	case "hash":
		key, with = "printf %s "+shellQuote(r.prefix+secret)+dgst+" -r", "hexkey:$key"
	case "hmac":
		key, with = "printf %s "+shellQuote(r.prefix)+dgst+mac+with+" -r", "hexkey:$key"
	}
	if key != "" {
		key = "key=$(" + key + " | cut -d' ' -f1); "
	}
	line := key + "printf %s " + shellQuote(message) + dgst + mac + with
	switch r.encode {
	case "hex":
		return line + " -r | cut -d' ' -f1"
	case "base64":
		return line + " -binary | openssl base64 -A | tr -d =; echo"
	case "base64url":
		return line + " -binary | openssl base64 -A | tr /+ _- | tr -d =; echo"
	}
	return line + " -binary | openssl base64 -A | tr /+ _-; echo"
}

// python and node take the texts as arguments, so that none of them is ever
// part of a program.

func (r recipe) python(message, secret string) string {
	args := []string{message, secret}
	take, key := "m,s", "s"
	switch r.derive {
	case "hash":
		args, take, key = append(args, r.prefix), "m,s,p", "hashlib."+r.digest+"(p+s).digest()"
	case "hmac":
		args, take, key = append(args, r.prefix), "m,s,p", `hmac.digest(s,p,"`+r.digest+`")`
	}
	show := map[string]string{
		"hex":              "d.hex()",
		"base64":           `base64.b64encode(d).rstrip(b"=").decode()`,
		"base64url":        `base64.urlsafe_b64encode(d).rstrip(b"=").decode()`,
		"base64url padded": "base64.urlsafe_b64encode(d).decode()",
	}[r.encode]
	script := "import base64,hashlib,hmac,os,sys; " + take + "=map(os.fsencode,sys.argv[1:]); d=hmac.digest(" + key + `,m,"` + r.digest + `"); print(` + show + ")"
	return "python3 -c " + shellQuote(script) + quoteAll(args)
}

func (r recipe) node(message, secret string) string {
	args := []string{message, secret}
	take, key := "m,s", "s"
	switch r.derive {
	case "hash":
		args, take, key = append(args, r.prefix), "m,s,p", `c.createHash("`+r.digest+`").update(p+s).digest()`
	case "hmac":
		args, take, key = append(args, r.prefix), "m,s,p", `c.createHmac("`+r.digest+`",s).update(p).digest()`
	}
	show := map[string]string{
		"hex":              `.digest("hex")`,
		"base64":           `.digest("base64").replace(/=/g,"")`,
		"base64url":        `.digest("base64url")`,
		"base64url padded": `.digest("base64").replace(/[+]/g,"-").replace(/[/]/g,"_")`,
	}[r.encode]
	script := `const c=require("crypto"),[` + take + `]=process.argv.slice(1); console.log(c.createHmac("` + r.digest + `",` + key + ").update(m)" + show + ")"
	return "node -e " + shellQuote(script) + " --" + quoteAll(args)
}

func quoteAll(args []string) string {
	var b strings.Builder
	for _, a := range args {
		b.WriteString(" " + shellQuote(a))
	}
	return b.String()
}

// shellQuote writes s as one word of a shell's command line. Text stands
// between single quotes, where nothing has a meaning. Where s has a character
// that a terminal would act on or that cannot be seen, every byte of such a
// character is written as an octal escape between $' and ', which bash, zsh, ksh
// and POSIX.1-2024 read.
func shellQuote(s string) string {
	hidden := strings.IndexFunc(s, isHidden) >= 0
	var b strings.Builder
	if hidden {
		b.WriteString("$'")
	} else {
		b.WriteString("'")
	}
	for i := 0; i < len(s); {
		n := runeLen(s, i)
		switch c := s[i : i+n]; {
		case hidden && strings.IndexFunc(c, isHidden) >= 0:
			for _, o := range []byte(c) {
				b.Write([]byte{'\\', '0' + o>>6, '0' + o>>3&7, '0' + o&7})
			}
		case hidden && (c == "'" || c == `\`):
			b.WriteString(`\` + c)
		case c == "'":
			b.WriteString(`'\''`)
		default:
			b.WriteString(c)
		}
		i += n
	}
	b.WriteString("'")
	return b.String()
}

// isHidden reports whether r is a control character, or another that cannot be
// seen or changes how the text around it is shown. What is not UTF-8 is, too.
func isHidden(r rune) bool { return !strconv.IsPrint(r) || r == '\ufffd' }
