/** What the depositor says of the firm itself: its name, its address. */

import { addressFields } from "./address-fields.js";
import { byId } from "./dom.js";

/** Attach the fields that are in the page. */
export function correctionFields() {
  const name = byId("correction-name");
  const address = addressFields("correction-address");
  return {
    /** What is typed. */
    read: () => ({ name: name.value, address: address.read() }),
    /** Show a correction, or none. */
    fill(correction) {
      name.value = correction?.name ?? "";
      return address.fill(correction?.address ?? undefined);
    },
  };
}
