package world

import "fixlab/lab/cookie"

// Observed is what browsers and networks showed of whether the shaping of
// cookies, answers and requests came to anything.
type Observed struct {
	Attributes cookie.Attributes // of cookies that the shop may have written: a jar's answer hung on them
	Unprefixed bool              // a jar obeyed a line that it would refuse if the session cookie's name began with __Host-
	Plain      bool              // a browser that knows the shop over https was to ask it over http
	Joined     bool              // a browser has taken the address of another
}

// add adds what o saw.
func (s *Observed) add(o Observed) {
	s.Attributes |= o.Attributes
	s.Unprefixed, s.Plain, s.Joined = s.Unprefixed || o.Unprefixed, s.Plain || o.Plain, s.Joined || o.Joined
}
