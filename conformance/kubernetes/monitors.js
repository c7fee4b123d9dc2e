// Holds the resources of the Prometheus operator in the files that are named against its schemas. Prints
// how many there are; an invalid resource ends it with an error.
import { readFileSync } from "node:fs";
import * as v1 from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1";
import yaml from "js-yaml";

let count = 0;
for (const file of process.argv.slice(2)) {
  for (const resource of yaml.loadAll(readFileSync(file, "utf8"))) {
    if (resource?.apiVersion !== "monitoring.coreos.com/v1") continue;
    const Kind = v1[resource.kind];
    if (!Kind) throw new Error(`${file}: no kind ${resource.kind}`);
    try {
      new Kind(resource).validate();
    } catch (e) {
      throw new Error(`${file}: ${e.message}`);
    }
    count++;
  }
}
console.log(count);
