package sign

import (
	"testing"

	"fixlab/lab/codec"
)

// Each row is the repr of a session in Python and what Flask writes for it.
func TestFlaskJSON(t *testing.T) {
	for _, row := range []struct{ repr, want string }{
		{`{'b': 1, 'a': [2, None]}`, `{"a":[2,null],"b":1}`},
		{`{'t': (1, (2,), ())}`, `{"t":{" t":[1,{" t":[2]},{" t":[]}]}}`},
		{`{'b': b'\x00\xff'}`, `{"b":{" b":"AP8="}}`},
		{`{'m': Markup('<b>')}`, `{"m":{" m":"<b>"}}`},
		{`{'u': UUID('12345678-1234-5678-1234-567812345678')}`, `{"u":{" u":"12345678123456781234567812345678"}}`},
		{`{'d': datetime.datetime(2024, 1, 2, 3, 4, 5, 999999, tzinfo=datetime.timezone.utc)}`, `{"d":{" d":"Tue, 02 Jan 2024 03:04:05 GMT"}}`},
		{`{'x': {' t': 1}}`, `{"x":{" di":{" t__":1}}}`},
		{`{'x': {' di': {' m': 'y'}}}`, `{"x":{" di":{" di__":{" di":{" m__":"y"}}}}}`},
		{`{'x': {' t': 1, 'z': 2}}`, `{"x":{" t":1,"z":2}}`},
	} {
		v, err := pyLiteral(row.repr)
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		got := codec.FlaskJSON(v)
		if got != row.want {
			t.Errorf("FlaskJSON of %s\ngot  %s\nwant %s", row.repr, got, row.want)
		}
	}
}
