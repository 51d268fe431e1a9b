/** What people say, in the words of the ROME. Pure. */

// Without accents. No word of a label is here: nobody would find it any more.
const SAID = {
  "chauffeur pl": "chauffeur poids lourd",
  "croque mort": "funeraire",
  cuisto: "cuisinier",
  cuistot: "cuisinier",
  "femme de menage": "employe menage",
  "garcon de cafe": "serveur cafe",
  masson: "macon",
  mecano: "mecanicien",
  "mini pelle": "conducteur pelle",
  minipelle: "conducteur pelle",
  "mise en rayon": "employe rayon libre service",
  nounou: "garde enfant",
  ongle: "ongulaire",
  ongles: "ongulaire",
  placo: "plaquiste",
  placoplatre: "plaquiste",
  tatoo: "tatoueur",
  tattoo: "tatoueur",
  toit: "couvreur",
  toiture: "couvreur",
  webdesigner: "web designer",
};

/** "mecano auto" -> "mecanicien auto". */
export function everyday(normalised) {
  return Object.entries(SAID)
    .reduce((text, [said, meant]) => text.replaceAll(` ${said} `, ` ${meant} `), ` ${normalised} `)
    .trim();
}

/** Every word and phrase of the table. */
export const EVERYDAY = Object.keys(SAID);
