package words

import "fixlab/lab/cookie"

// SameCookie reports whether a browser takes a and b for one cookie: the newer
// replaces the older.
func SameCookie(a, b cookie.Entry) bool {
	return a.Name == b.Name && a.Domain == b.Domain && a.Path == b.Path && a.HostOnly == b.HostOnly && a.Partition == b.Partition
}

// CookieChange says whether e is in the jar of before, and with the same value.
func CookieChange(before []cookie.Entry, e cookie.Entry) Change {
	for _, o := range before {
		if SameCookie(o, e) {
			if o.Value == e.Value && o.Secure == e.Secure && o.HTTPOnly == e.HTTPOnly && o.SameSite == e.SameSite {
				return Same
			}
			return Changed
		}
	}
	return New
}

// ValueChange is CookieChange, where a cookie that came again with the same value counts as
// the same: its other attributes are among the details.
func ValueChange(before []cookie.Entry, e cookie.Entry) Change {
	for _, o := range before {
		if SameCookie(o, e) && o.Value == e.Value {
			return Same
		}
	}
	return CookieChange(before, e)
}
