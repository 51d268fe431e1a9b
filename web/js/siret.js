/** SIRET numbers as people type and read them. Pure. */

const LA_POSTE = "356000000";

/** The digits of what was typed or pasted: "SIRET : 487 444 697 00428" -> "48744469700428". */
export function digitsOf(typed) {
  return typed.replace(/\D/g, "");
}

/** "48744469700428" -> "487 444 697 00428"; anything else is left alone. */
export function spaced(siret) {
  return siret.replace(/^(\d{3})(\d{3})(\d{3})(\d{5})$/, "$1 $2 $3 $4");
}

/** Nine digits with a right check digit (Luhn). */
export function isSiren(digits) {
  return /^\d{9}$/.test(digits) && luhn(digits);
}

/**
 * A SIREN and five digits, with a right check digit over the whole (Luhn), or La Poste's own rule:
 * sum of digits divisible by five.
 */
export function isSiret(digits) {
  if (!/^\d{14}$/.test(digits) || !isSiren(digits.slice(0, 9))) return false;
  const sum = [...digits].reduce((total, digit) => total + Number(digit), 0);
  return luhn(digits) || (digits.startsWith(LA_POSTE) && sum % 5 === 0);
}

function luhn(digits) {
  const sum = [...digits].reverse().reduce((total, digit, rank) => {
    const value = Number(digit) * (rank % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
