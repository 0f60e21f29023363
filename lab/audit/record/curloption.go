package record

import "strings"

// valued are the options of curl that take a value, by letter and by name.
const (
	valuedShort = "XHbdFuAeoxUmcwTErCDKPQtyYz"
	valuedLong  = " request header cookie data data-raw data-binary data-ascii data-urlencode json form form-string user user-agent referer url output proxy proxy-user max-time connect-timeout cookie-jar resolve connect-to cacert capath cert cert-type key key-type pass retry retry-delay retry-max-time write-out upload-file range interface limit-rate max-redirs oauth2-bearer config dump-header stderr trace trace-ascii unix-socket ciphers tls13-ciphers tls-max noproxy dns-servers aws-sigv4 request-target socks4 socks5 socks5-hostname max-filesize netrc-file time-cond url-query variable output-dir rate keepalive-time local-port proto proto-redir proto-default speed-limit speed-time expect100-timeout happy-eyeballs-timeout-ms doh-url pinnedpubkey parallel-max "
)

// longOf are the names of the letters that say something about a request.
var longOf = map[byte]string{'X': "request", 'H': "header", 'b': "cookie", 'd': "data", 'F': "form", 'u': "user", 'e': "referer", 'I': "head", 'G': "get", 'T': "upload-file", ':': "next"}

// option takes a word apart: the names of the options in it, the value of the last, and how
// many words after it that value took. A word that is no option is the value of "url".
func option(word string, rest []string) (names []string, value string, more int) {
	following := func() string {
		if len(rest) == 0 {
			return ""
		}
		more = 1
		return rest[0]
	}
	switch {
	case strings.HasPrefix(word, "--"):
		if strings.Contains(valuedLong, " "+word[2:]+" ") {
			value = following()
		}
		return []string{word[2:]}, value, more
	case len(word) < 2 || word[0] != '-':
		return []string{"url"}, word, 0
	}
	for i := 1; i < len(word); i++ {
		c := word[i]
		names = append(names, longOf[c])
		if strings.IndexByte(valuedShort, c) >= 0 {
			if value = word[i+1:]; value == "" {
				value = following()
			}
			break
		}
	}
	return names, value, more
}
