package site

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fixlab/app/text"
)

// A reduction replaces text in a source file of the toolchain, named from its
// folder src.
type reduction struct{ file, old, new string }

// The page speaks to no network: the browser loads it, and its own hosts are
// handlers. Yet importing net/http links what starts a TLS connection and asks
// for a proxy, because package variables name it: 200 KB compressed. The wasm is
// built with these variables emptied. TLS and proxies would fail in it, and it
// has neither. Nor has it files, settings of Go's own or self-tests of ciphers:
// what registers and reads these keeps another 73 KB. Tracing the scheduler, which
// nobody can ask for, and five functions of sorting in place for each type that is
// sorted keep 62 KB more. SortFunc, which says nothing about equal elements, keeps
// their order then. Profiles of the runtime and what checks its collector, which
// nobody can ask for either, keep 13 KB, and SHA-3, which none of the page's servers
// has, 7 KB.
//
// A reduction whose text a release of Go no longer has is left out: the wasm
// grows, and the build says how many there were.
var reductions = []reduction{
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
	{"crypto/internal/fips140/nistec/p256.go", "unsafe.Pointer(&p256PrecomputedEmbed)", "unsafe.Pointer(nil)"},                                              // 88 KB of random numbers
	{"crypto/internal/fips140/ecdsa/ecdsa.go", "var _P224 = sync.OnceValue(func() *Curve[*nistec.P224Point] {", "func _P224() *Curve[*nistec.P224Point] {"}, // not in a variable: package initialisation would keep it
	{"crypto/internal/fips140/ecdsa/ecdsa.go", "var _P256 = sync.OnceValue(func() *Curve[*nistec.P256Point] {", "func _P256() *Curve[*nistec.P256Point] {"},
	{"crypto/internal/fips140/ecdsa/ecdsa.go", "var _P384 = sync.OnceValue(func() *Curve[*nistec.P384Point] {", "func _P384() *Curve[*nistec.P384Point] {"},
	{"crypto/internal/fips140/ecdsa/ecdsa.go", "var _P521 = sync.OnceValue(func() *Curve[*nistec.P521Point] {", "func _P521() *Curve[*nistec.P521Point] {"},
	{"crypto/internal/fips140/ecdsa/ecdsa.go", "\n})\n", "\n}\n"},
	{"crypto/internal/fips140/ecdsa/ecdsa.go", "\t\"sync\"\n", "\n"},
	{"crypto/internal/fips140/ecdsa/cast.go", "var fipsSelfTest = sync.OnceFunc(func() {", "func fipsSelfTest() {"}, // self-tests of what nobody calls
	{"crypto/internal/fips140/ecdsa/cast.go", "var fipsSelfTestDeterministic = sync.OnceFunc(func() {", "func fipsSelfTestDeterministic() {"},
	{"crypto/internal/fips140/ecdsa/cast.go", "\n})\n", "\n}\n"},
	{"crypto/internal/fips140/ecdsa/cast.go", "\t\"sync\"\n", "\n"},
	{"crypto/internal/fips140/ecdh/cast.go", "var fipsSelfTest = sync.OnceFunc(func() {", "func fipsSelfTest() {"},
	{"crypto/internal/fips140/ecdh/cast.go", "\n})\n", "\n}\n"},
	{"crypto/internal/fips140/ecdh/cast.go", "\t\"sync\"\n", "\n"},
	{"crypto/internal/fips140/ed25519/cast.go", "var fipsSelfTest = sync.OnceFunc(func() {", "func fipsSelfTest() {"},
	{"crypto/internal/fips140/ed25519/cast.go", "\n})\n", "\n}\n"},
	{"crypto/internal/fips140/ed25519/cast.go", "\t\"sync\"\n", "\n"},
	{"crypto/internal/fips140/rsa/cast.go", "var fipsSelfTest = sync.OnceFunc(func() {", "func fipsSelfTest() {"},
	{"crypto/internal/fips140/rsa/cast.go", "\n})\n", "\n}\n"},
	{"crypto/internal/fips140/rsa/cast.go", "\t\"sync\"\n", "\n"},
	{"crypto/internal/fips140/mlkem/cast.go", "var fipsSelfTest = sync.OnceFunc(func() {", "func fipsSelfTest() {"},
	{"crypto/internal/fips140/mlkem/cast.go", "\n})\n", "\n}\n"},
	{"crypto/internal/fips140/mlkem/cast.go", "\t\"sync\"\n", "\n"},
	{"crypto/internal/fips140/edwards25519/edwards25519.go", "var identity, _ = new(Point).SetBytes([]byte{", "var identity, _ = (*Point)(nil), ([]byte{"},
	{"crypto/internal/fips140/edwards25519/edwards25519.go", "var generator, _ = new(Point).SetBytes([]byte{", "var generator, _ = (*Point)(nil), ([]byte{"},
	{"crypto/internal/fips140/edwards25519/edwards25519.go", "var d, _ = new(field.Element).SetBytes([]byte{", "var d, _ = (*field.Element)(nil), ([]byte{"},
	{"crypto/internal/fips140/edwards25519/edwards25519.go", "var d2 = new(field.Element).Add(d, d)", "var d2 *field.Element"},
	{"crypto/internal/fips140/edwards25519/edwards25519.go", "var feOne = new(field.Element).One()", "var feOne *field.Element"},
	{"crypto/ecdsa/ecdsa_legacy.go", "var one = new(big.Int).SetInt64(1)", "var one *big.Int"},
	{"crypto/rsa/rsa.go", "var bigOne = big.NewInt(1)", "var bigOne *big.Int"}, // and all methods of big.Int
	{"encoding/asn1/asn1.go", "var bigOne = big.NewInt(1)", "var bigOne *big.Int"},
	{"encoding/asn1/asn1.go", "reflect.TypeFor[*big.Int]()", "reflect.Type(nil)"},
	{"vendor/golang.org/x/crypto/cryptobyte/asn1.go", "var bigOne = big.NewInt(1)", "var bigOne *big.Int"},
	{"mime/type_unix.go", "\tosInitMime = initMimeUnix\n", "\n"}, // files that a browser has not
	{"net/lookup_unix.go", "var readProtocolsOnce = sync.OnceFunc(func() {", "func readProtocolsOnce() {"},
	{"net/lookup_unix.go", "\n})\n", "\n}\n"},
	{"net/lookup_unix.go", "\t\"sync\"\n", "\n"},
	{"internal/godebug/godebug.go", "\tregisterMetric(\"/godebug/non-default-behavior/\"+s.Name()+\":events\", s.nonDefault.Load)\n", "\n"}, // of settings that nobody makes
	{"internal/godebug/godebug.go", "v.bisect, _ = bisect.New(arg[j+1:])", "\n"},
	{"internal/godebug/godebug.go", "v.bisect != nil && !v.bisect.Stack(&stderr)", "false"},
	{"crypto/internal/fips140/aes/cast.go", "\nfunc init() {", "\nfunc selfTest() {"},
	{"crypto/internal/fips140/aes/gcm/cast.go", "\nfunc init() {", "\nfunc selfTest() {"},
	{"crypto/internal/fips140/check/check.go", "\nfunc init() {", "\nfunc selfTest() {"},
	{"crypto/internal/fips140/drbg/cast.go", "\nfunc init() {", "\nfunc selfTest() {"},
	{"crypto/internal/fips140/drbg/rand.go", "if !fips140.Enabled {\n\t\tsysrand.Read(b)", "if true {\n\t\tsysrand.Read(b)"}, // random numbers are the browser's
	{"crypto/internal/fips140/hmac/cast.go", "\nfunc init() {", "\nfunc selfTest() {"},
	{"crypto/internal/fips140/sha256/cast.go", "\nfunc init() {", "\nfunc selfTest() {"},
	{"crypto/internal/fips140/sha512/cast.go", "\nfunc init() {", "\nfunc selfTest() {"},
	{"crypto/internal/fips140/hkdf/cast.go", "\nfunc init() {", "\nfunc selfTest() {"},
	{"crypto/internal/fips140/sha3/cast.go", "\nfunc init() {", "\nfunc selfTest() {"},
	{"crypto/internal/fips140/tls13/cast.go", "\nfunc init() {", "\nfunc selfTest() {"},
	{"crypto/internal/fips140/drbg/rand.go", "\t\treturn NewCounter(getEntropy())\n", "\t\treturn nil\n"},
	{"crypto/hmac/hmac.go", "fips140only.Enforced()", "false"}, // and sha3
	{"crypto/internal/fips140/hmac/hmac.go", "*sha512.Digest, *sha3.Digest:", "*sha512.Digest:"},
	{"crypto/internal/fips140/hmac/hmac.go", "\t\"crypto/internal/fips140/sha3\"\n", "\n"},
	{"crypto/internal/fips140hash/hash.go", "\tif sha3, ok := h.(*sha3.SHA3); ok {\n\t\treturn sha3Unwrap(sha3)\n\t}\n", "\n"},
	{"crypto/md5/md5.go", "\nfunc init() {", "\nfunc register() {"}, // of hashes that nobody asks for
	{"crypto/sha3/sha3.go", "\nfunc init() {", "\nfunc register() {"},
	{"slices/zsortanyfunc.go", "func stableCmpFunc[E any](", mergeSort + "func inPlaceCmpFunc[E any]("}, // each type that is sorted has these functions of its own
	{"slices/sort.go", "\tpdqsortCmpFunc(x, 0, n, bits.Len(uint(n)), cmp)\n", "\tstableCmpFunc(x, n, cmp)\n"},
	{"slices/sort.go", "\tpdqsortOrdered(x, 0, n, bits.Len(uint(n)))\n", "\tstableCmpFunc(x, n, cmp.Compare[E])\n"},
	{"runtime/traceruntime.go", "\treturn traceAcquireEnabled()\n", "\treturn traceLocker{}\n"}, // nobody traces the page's scheduler
	{"runtime/coro.go", "trace.ok()", "false"},
	{"runtime/malloc.go", "trace.ok()", "false"},
	{"runtime/mcentral.go", "trace.ok()", "false"},
	{"runtime/mgc.go", "trace.ok()", "false"},
	{"runtime/mgcmark.go", "trace.ok()", "false"},
	{"runtime/mgcpacer.go", "trace.ok()", "false"},
	{"runtime/mgcsweep.go", "trace.ok()", "false"},
	{"runtime/mgcsweep.go", "traceEnabled()", "false"},
	{"runtime/mheap.go", "trace.ok()", "false"},
	{"runtime/panic.go", "traceEnabled()", "false"},
	{"runtime/panic.go", "schedtrace(true)", ""},
	{"runtime/proc.go", "trace.ok()", "false"},
	{"runtime/proc.go", "traceEnabled() || traceShuttingDown()", "false"},
	{"runtime/proc.go", "schedtrace(debug.scheddetail > 0)", ""},
	{"runtime/stack.go", "trace.ok()", "false"},
	{"runtime/chan.go", "blockprofilerate > 0", "false"}, // nobody takes profiles of it either
	{"runtime/select.go", "blockprofilerate > 0", "false"},
	{"runtime/sema.go", "blockprofilerate > 0", "false"},
	{"runtime/sema.go", "mutexprofilerate > 0", "false"},
	{"runtime/chan.go", "\t\tblockevent(mysg.releasetime-t0, 2)\n", ""},
	{"runtime/select.go", "\t\tblockevent(caseReleaseTime-t0, 1)\n", ""},
	{"runtime/sema.go", "\t\tblockevent(s.releasetime-t0, 3+skipframes)\n", ""},
	{"runtime/sema.go", "\t\t\tmutexevent(dt, 3+skipframes)\n", ""},
	{"runtime/sema.go", "\t\tblockevent(s.releasetime-t0, 2)\n", ""},
	{"runtime/malloc.go", "\tmProf_Malloc(mp, x, size)\n", ""},
	{"runtime/mgc.go", "\tmProf_NextCycle()\n", ""},
	{"runtime/mgc.go", "\tmProf_Flush()\n", ""},
	{"runtime/mgc.go", "\tmProf_PostSweep()\n", ""},
	{"runtime/mheap.go", "\tmProf_Free(sp.b, size)\n", ""},
	{"runtime/mgc.go", "debug.gccheckmark > 0", "false"}, // nor asks its garbage collector to check itself
	{"runtime/mgc.go", "debug.checkfinalizers > 0", "false"},
	{"runtime/mgcmark.go", "debug.gccheckmark > 0", "false"},
	{"runtime/mgcmark.go", "if useCheckmark {", "if false {"},
	{"runtime/mwbbuf.go", "if useCheckmark {", "if false {"},
	{"runtime/malloc.go", "debug.checkfinalizers != 0", "false"},
	{"runtime/mcleanup.go", "debug.checkfinalizers != 0", "false"},
	{"runtime/mfinal.go", "debug.checkfinalizers != 0", "false"},
	{"runtime/mgc.go", "\t\t\tdumpScanStats()\n", ""},
}

//go:embed lean/sort.go.txt
var mergeSort string

// unpacking makes the runtime read a table of functions that is packed, and do
// without its buckets. It applies as a whole or not at all.
var unpacking = []reduction{
	{"runtime/symtab.go", "func moduledataverify1(datap *moduledata) {\n", unpackTable + "func moduledataverify1(datap *moduledata) {\n\tunpackTable(datap)\n"},
	{"runtime/symtab.go", `	const nsub = uintptr(len(findfuncbucket{}.subbuckets))
`, "\n"},
	{"runtime/symtab.go", `	x := uintptr(pcOff) + datap.text - datap.minpc // TODO: are datap.text and datap.minpc always equal?
	if GOARCH == "wasm" {
		// On Wasm, pcOff is the function index, whereas
		// the "PC" is function index << 16 + block index.
		x = uintptr(pcOff)<<16 + datap.text - datap.minpc
	}
	b := x / abi.FuncTabBucketSize
	i := x % abi.FuncTabBucketSize / (abi.FuncTabBucketSize / nsub)

	ffb := (*findfuncbucket)(add(unsafe.Pointer(datap.findfunctab), b*unsafe.Sizeof(findfuncbucket{})))
	idx := ffb.idx + uint32(ffb.subbuckets[i])
`, "\tidx := pcOff - datap.ftab[0].entryoff\n"}, // the functions' numbers are consecutive
}

//go:embed lean/table.go.txt
var unpackTable string

// overlay writes the reduced sources, and the page's words without notes for
// translators, and a list of them for go build -overlay. What is built with the tag slim
// has no words of trainers' pages either.
// It returns the list's path from root, how many of the reductions apply, and
// whether the runtime unpacks its table of functions.
func overlay(root, tags string) (list string, applied int, unpacks bool, err error) {
	goroot, err := goTool(root, nil, "env", "GOROOT")
	if err != nil {
		return "", 0, false, err
	}
	src := os.DirFS(filepath.Join(goroot, "src"))
	_, n, err := reduce(src, unpacking)
	if err != nil {
		return "", 0, false, err
	}
	all := reductions
	if unpacks = n == len(unpacking); unpacks {
		all = slices.Concat(reductions, unpacking)
	}
	texts, applied, err := reduce(src, all)
	if err != nil {
		return "", 0, false, err
	}
	if err := os.MkdirAll(filepath.Join(root, cache), 0o755); err != nil {
		return "", 0, false, err
	}
	replaced := map[string]string{} // texts by path
	for file, text := range texts {
		replaced[filepath.Join(goroot, "src", filepath.FromSlash(file))] = text
	}
	words, err := filepath.Glob(filepath.Join(root, "app", "text", "*.txt"))
	if err != nil {
		return "", 0, false, err
	}
	for _, file := range words {
		b, err := os.ReadFile(file)
		if err != nil {
			return "", 0, false, err
		}
		replaced[file] = shortened(string(b), tags == "slim")
	}
	replace := map[string]string{}
	for file, text := range replaced {
		h := sha256.Sum256([]byte(text))
		name := filepath.Join(root, cache, "std-"+hex.EncodeToString(h[:6])+filepath.Ext(file))
		if err := replaceFile(name, []byte(text)); err != nil {
			return "", 0, false, err
		}
		replace[file] = name
	}
	b, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", 0, false, err
	}
	// Two toolchains may build in one folder at once.
	h := sha256.Sum256(b)
	list = filepath.Join(cache, "std-"+hex.EncodeToString(h[:6])+".json")
	return list, applied, unpacks, replaceFile(filepath.Join(root, list), b)
}

// reduce returns the changed files of src by name, and how many of the
// reductions found their text.
func reduce(src fs.FS, all []reduction) (texts map[string]string, applied int, err error) {
	texts = map[string]string{}
	for _, e := range all {
		text, ok := texts[e.file]
		if !ok {
			b, err := fs.ReadFile(src, e.file)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return nil, 0, err
			}
			text = string(b)
		}
		if strings.Contains(text, e.old) {
			texts[e.file] = strings.ReplaceAll(text, e.old, e.new)
			applied++
		}
	}
	return texts, applied, nil
}

// shortened returns a file of the page's words without its notes, as package text reads
// it, and without empty lines; slim is without the words of trainers' pages.
func shortened(file string, slim bool) string {
	var b strings.Builder
	skip := false // the text that goes on
	for line := range strings.Lines(file) {
		if said := strings.TrimSpace(line); said == "" || said[0] == '#' {
			continue
		}
		if line[0] != ' ' && line[0] != '\t' {
			skip = slim && text.Rare(line)
		}
		if !skip {
			b.WriteString(line)
		}
	}
	return b.String()
}
