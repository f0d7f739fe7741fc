/** What a person types, in the language of the pictures. */

export interface Typed {
  readonly note: string;
  readonly away: string;
  readonly invoices: string;
  readonly called: readonly [name: string, text: string];
  readonly checklist: readonly [name: string, text: string];
}

const typed: Readonly<Record<string, Typed>> = {
  en: {
    note: 'Called back at two. They expect the engineer on Thursday morning.',
    away: 'I am away until Monday. The clients know, and expect an answer from a colleague.',
    invoices: 'Invoices',
    called: ['Called back', 'Called {{requester}} back on {{date}}. They expect an answer by tomorrow noon.'],
    checklist: ['Warranty checklist', '- serial number\n- date of purchase\n- picture of the damage'],
  },
  fr: {
    note: 'Rappelés à 14 h. Ils attendent le technicien jeudi matin.',
    away: 'Absence jusqu’à lundi. Les clients sont prévenus et attendent la réponse d’un collègue.',
    invoices: 'Factures',
    called: ['Rappel fait', '{{requester}} a été rappelé le {{date}}. Réponse attendue demain avant midi.'],
    checklist: ['Garantie : à vérifier', '- numéro de série\n- date d’achat\n- photo du dégât'],
  },
  de: {
    note: 'Um 14 Uhr zurückgerufen. Sie erwarten den Techniker am Donnerstagvormittag.',
    away: 'Bin bis Montag nicht da. Die Kunden wissen Bescheid und erwarten eine Antwort aus dem Team.',
    invoices: 'Rechnungen',
    called: ['Zurückgerufen', '{{requester}} am {{date}} zurückgerufen. Antwort bis morgen Mittag zugesagt.'],
    checklist: ['Checkliste Garantie', '- Seriennummer\n- Kaufdatum\n- Bild des Schadens'],
  },
  es: {
    note: 'Devuelta la llamada a las 14 h. Esperan al técnico el jueves por la mañana.',
    away: 'Fuera hasta el lunes. Los clientes lo saben y esperan la respuesta de un compañero.',
    invoices: 'Facturas',
    called: ['Llamada devuelta', 'Devuelta la llamada a {{requester}} el {{date}}. Espera respuesta mañana antes de mediodía.'],
    checklist: ['Garantía: comprobar', '- número de serie\n- fecha de compra\n- foto del daño'],
  },
  it: {
    note: 'Richiamati alle 14. Aspettano il tecnico giovedì mattina.',
    away: 'Assente fino a lunedì. I clienti lo sanno e aspettano la risposta di un collega.',
    invoices: 'Fatture',
    called: ['Richiamato', '{{requester}} richiamato il {{date}}. Aspetta una risposta entro domani a mezzogiorno.'],
    checklist: ['Garanzia: da verificare', '- numero di serie\n- data di acquisto\n- foto del danno'],
  },
  nl: {
    note: 'Om 14 uur teruggebeld. Ze verwachten de monteur donderdagochtend.',
    away: 'Afwezig tot maandag. De klanten weten ervan en verwachten antwoord van een collega.',
    invoices: 'Facturen',
    called: ['Teruggebeld', '{{requester}} teruggebeld op {{date}}. Antwoord beloofd vóór morgenmiddag.'],
    checklist: ['Checklist garantie', '- serienummer\n- aankoopdatum\n- foto van de schade'],
  },
  pt_BR: {
    note: 'Retornei a ligação às 14h. Esperam o técnico na quinta de manhã.',
    away: 'Fora até segunda. Os clientes já sabem e esperam a resposta de um colega.',
    invoices: 'Faturas',
    called: ['Ligação retornada', 'Retornei a ligação de {{requester}} em {{date}}. Espera resposta até amanhã ao meio-dia.'],
    checklist: ['Garantia: conferir', '- número de série\n- data da compra\n- foto do dano'],
  },
};

/** The languages that there are pictures in: those of the extension, named as its locales are. */
export const languages = Object.keys(typed);

/** In a language that nobody typed in yet: an exception. */
export function typedIn(language: string): Typed {
  const words = typed[language];
  if (!words) throw new Error(`tests/screens/typed.ts has no words in ${language}`);
  return words;
}
