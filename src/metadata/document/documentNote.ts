/** What was changed to read or store it. The bytes themselves are kept elsewhere, unchanged. */
export type DocumentNote =
  | 'byte_order_mark'
  | 'other_charset'
  | 'invalid_utf8_replaced'
  | 'control_characters'
  | 'large_numbers_as_text'
  | 'nul_replaced'
  | 'lone_surrogate_replaced'
  | 'infinite_number_dropped'
