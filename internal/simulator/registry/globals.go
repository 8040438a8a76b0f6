package registry

import (
	_ "embed"
	"encoding/json"
)

// Adobe's resources that the schemas of an event pipeline build on.
const (
	classExperienceEvent = "https://ns.adobe.com/xdm/context/experienceevent"

	behaviorTimeSeries = "https://ns.adobe.com/xdm/data/time-series"
	behaviorRecord     = "https://ns.adobe.com/xdm/data/record"

	globalLibVersion = "1.44.0"
)

// globals are the two classes and the behaviors that they extend. Documented: records of a time series need _id and
// timestamp. The behaviors add no fields that the classes do not have here.
var globals = func() (found map[string][]map[string]any) {
	if err := json.Unmarshal(globalsJSON, &found); err != nil {
		panic("simulator: globals.json: " + err.Error())
	}
	return found
}()

//go:embed globals.json
var globalsJSON []byte
