package site

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
)

// The page speaks to no network: the browser loads it, and its own hosts are
// handlers. Yet importing net/http links what starts a TLS connection and asks
// for a proxy, because package variables name it: 200 KB compressed. The wasm is
// built with these variables emptied. TLS and proxies would fail in it, and it
// has neither.
//
// A line that a release of Go no longer has is left alone: the wasm grows, and
// the budget says so.
var emptied = []struct{ file, old, new string }{
	{"net/http/transport.go", "\tProxy: ProxyFromEnvironment,\n", "\tProxy: nil,\n"}, // and idna, norm and bidi with their tables
	{"crypto/tls/common.go", "\tPeerCertificates []*x509.Certificate\n", "\n"},       // and x509, asn1 and big
	{"crypto/tls/common.go", "\tVerifiedChains [][]*x509.Certificate\n", "\n"},
	{"crypto/tls/conn.go", "\tstate.PeerCertificates = c.peerCertificates\n", "\n"},
	{"crypto/tls/conn.go", "\tstate.VerifiedChains = c.verifiedChains\n", "\n"},
	{"crypto/hpke/kem.go", "0x0010, ecdh.P256(), ", "0x0010, nil, "}, // and the elliptic curves
	{"crypto/hpke/kem.go", "0x0011, ecdh.P384(), ", "0x0011, nil, "},
	{"crypto/hpke/kem.go", "0x0012, ecdh.P521(), ", "0x0012, nil, "},
	{"crypto/hpke/kem.go", "0x0020, ecdh.X25519(), ", "0x0020, nil, "},
	{"crypto/hpke/pq.go", "\tcurve: ecdh.X25519(),\n", "\tcurve: nil,\n"},
	{"crypto/hpke/pq.go", "\tcurve: ecdh.P256(),\n", "\tcurve: nil,\n"},
	{"crypto/hpke/pq.go", "\tcurve: ecdh.P384(),\n", "\tcurve: nil,\n"},
	{"crypto/internal/fips140/nistec/p256.go", "unsafe.Pointer(&p256PrecomputedEmbed)", "unsafe.Pointer(nil)"}, // 88 KB of random numbers
	{"crypto/internal/fips140/ecdsa/ecdsa.go", "= sync.OnceValue(func() *", "= (func() *"},
	{"crypto/internal/fips140/ecdsa/ecdsa.go", "\t\"sync\"\n", "\t_ \"sync\"\n"},
	{"crypto/internal/fips140/ecdsa/cast.go", "= sync.OnceFunc(func() {", "= (func() {"}, // self-tests of what nobody calls
	{"crypto/internal/fips140/ecdsa/cast.go", "\t\"sync\"\n", "\t_ \"sync\"\n"},
	{"crypto/internal/fips140/ed25519/cast.go", "= sync.OnceFunc(func() {", "= (func() {"},
	{"crypto/internal/fips140/ed25519/cast.go", "\t\"sync\"\n", "\t_ \"sync\"\n"},
	{"crypto/internal/fips140/rsa/cast.go", "= sync.OnceFunc(func() {", "= (func() {"},
	{"crypto/internal/fips140/rsa/cast.go", "\t\"sync\"\n", "\t_ \"sync\"\n"},
	{"crypto/internal/fips140/mlkem/cast.go", "= sync.OnceFunc(func() {", "= (func() {"},
	{"crypto/internal/fips140/mlkem/cast.go", "\t\"sync\"\n", "\t_ \"sync\"\n"},
	{"crypto/internal/fips140/edwards25519/edwards25519.go", "var identity, _ = new(Point).SetBytes([]byte{", "var identity, _ = (*Point)(nil), ([]byte{"},
	{"crypto/internal/fips140/edwards25519/edwards25519.go", "var generator, _ = new(Point).SetBytes([]byte{", "var generator, _ = (*Point)(nil), ([]byte{"},
	{"crypto/internal/fips140/edwards25519/edwards25519.go", "var d, _ = new(field.Element).SetBytes([]byte{", "var d, _ = (*field.Element)(nil), ([]byte{"},
	{"crypto/internal/fips140/edwards25519/edwards25519.go", "var d2 = new(field.Element).Add(d, d)", "var d2 *field.Element"},
	{"crypto/internal/fips140/edwards25519/edwards25519.go", "var feOne = new(field.Element).One()", "var feOne *field.Element"},
	{"crypto/ecdsa/ecdsa_legacy.go", "var one = new(big.Int).SetInt64(1)", "var one *big.Int"},
}

// overlay returns the path, from root, of a file for go build -overlay that
// replaces those sources of the toolchain.
func overlay(root string) (string, error) {
	goroot, err := goTool(root, nil, "env", "GOROOT")
	if err != nil {
		return "", err
	}
	texts := map[string]string{}
	for _, e := range emptied {
		text, ok := texts[e.file]
		if !ok {
			b, err := os.ReadFile(filepath.Join(goroot, "src", filepath.FromSlash(e.file)))
			if os.IsNotExist(err) {
				continue
			}
			if err != nil {
				return "", err
			}
			text = string(b)
		}
		texts[e.file] = strings.ReplaceAll(text, e.old, e.new)
	}
	replace := map[string]string{}
	for file, text := range texts {
		h := sha256.Sum256([]byte(text))
		name := filepath.Join(root, cache, "std-"+hex.EncodeToString(h[:6])+".go")
		if err := replaceFile(name, []byte(text)); err != nil {
			return "", err
		}
		replace[filepath.Join(goroot, "src", filepath.FromSlash(file))] = name
	}
	list, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	name := filepath.Join(cache, "std.json")
	return name, replaceFile(filepath.Join(root, name), list)
}
