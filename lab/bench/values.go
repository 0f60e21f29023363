package bench

import (
	"errors"
	"strconv"
	"strings"

	"fixlab/lab/codec"
)

func asItIs(s string) string { return s }

// object parses JSON text, which must be an object because a session is one.
func object(text string) (codec.Object, error) {
	v, err := codec.ParseJSON(text)
	if err != nil {
		return nil, err
	}
	o, ok := v.(codec.Object)
	if !ok {
		return nil, errors.New("a session is an object, {…}")
	}
	return o, nil
}

func djangoObject(set settings) (string, error) {
	v, err := object(set.value)
	if err != nil {
		return "", err
	}
	return codec.PythonJSON(v), nil
}

func writeGorilla(set settings) (string, error) {
	v, err := codec.ParseJSON(set.value)
	if err != nil {
		return "", err
	}
	if set.choice == "JSON" {
		return codec.GoJSON(v) + "\n", nil
	}
	if s, ok := v.(string); ok {
		return codec.GobEncode(s), nil // the id of a FilesystemStore
	}
	o, ok := v.(codec.Object)
	if !ok {
		return "", errors.New("in gob a session is an object, {…}, and the id of a stored one a string")
	}
	for _, m := range o {
		switch v := m.Value.(type) {
		case codec.Object, []any:
			return "", errors.New("a list or an object inside a session needs a type of its own in gob; choose the JSON serializer")
		case codec.Int:
			if _, err := strconv.ParseInt(string(v), 10, 64); err != nil {
				return "", errors.New("the number " + string(v) + " fits no int")
			}
		}
	}
	return codec.GobEncode(o), nil
}

func readGorilla(data string) string {
	if _, err := codec.ParseJSON(data); err == nil {
		return strings.TrimSpace(data)
	}
	v, err := codec.GobDecode(data)
	if err != nil {
		return data
	}
	return codec.GoJSON(v)
}
