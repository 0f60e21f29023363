package pack

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"fixlab/app/class"
)

// launch is the file of the LMS package that a learner's browser opens.
const launch = "index.html"

// The manifest of a package with one page, by the SCORM 1.2 Content Aggregation Model. It has
// no mastery score: some systems take a score below it for a failure before the learner is
// through. What the page is told at launch is in datafromlms.
const (
	manifestHead = `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="fixation-lab" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
  </metadata>
  <organizations default="course">
    <organization identifier="course">
      <title>Fixation Lab</title>
      <item identifier="lab" identifierref="page" isvisible="true">
        <title>Fixation Lab</title>
        <adlcp:datafromlms>pass={{PASS}}</adlcp:datafromlms>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="page" type="webcontent" adlcp:scormtype="sco" href="` + launch + `">
`
	manifestFoot = `    </resource>
  </resources>
</manifest>
`
)

// scorm returns the package of the files, with its manifest, as a zip.
func scorm(files map[string][]byte) ([]byte, error) {
	var manifest bytes.Buffer
	manifest.WriteString(strings.ReplaceAll(manifestHead, "{{PASS}}", strconv.Itoa(class.PassMark)))
	for _, name := range slices.Sorted(maps.Keys(files)) {
		manifest.WriteString(`      <file href="`)
		if err := xml.EscapeText(&manifest, []byte(name)); err != nil {
			return nil, err
		}
		manifest.WriteString("\"/>\n")
	}
	manifest.WriteString(manifestFoot)
	files = maps.Clone(files)
	files["imsmanifest.xml"] = manifest.Bytes()

	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		// A zip has dates from 1980 on; the same bytes have the same one.
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if _, err := w.Write(files[name]); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	err := z.Close()
	return out.Bytes(), err
}
