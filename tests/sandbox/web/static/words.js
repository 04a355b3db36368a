// Words, numbers and money in the page's language.

const words = JSON.parse(document.getElementById("words").textContent);
export const lang = document.documentElement.lang;
const locale = lang === "ar" ? "ar-EG" : "en-EG";
const moneyFormat = new Intl.NumberFormat(locale, { style: "currency", currency: "EGP" });
const numberFormat = new Intl.NumberFormat(locale);
const timeFormat = new Intl.DateTimeFormat(locale, {
  hour: "2-digit", minute: "2-digit", second: "2-digit",
});

export function t(name, values = {}) {
  const text = words[name] ?? name;
  return text.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
}

export const knows = (name) => name in words;
export const money = (amount) => moneyFormat.format(amount);
export const number = (amount) => numberFormat.format(amount);
export const clock = (seconds) => timeFormat.format(new Date(seconds * 1000));
export const unit = (line) => {
  const name = knows(`unit_${line.unit}`) ? t(`unit_${line.unit}`) : line.unit;
  return line.unit_count > 1 ? `${name} (${number(line.unit_count)})` : name;
};
export const productName = (product) =>
  product.base_product_name || product.product_name ||
  t("product_number", { id: product.internal_product_id || product.supplier_product_id });
export const statusName = (status) => (knows(`status_${status}`) ? t(`status_${status}`) : status);
export const faultName = (kind) => (knows(`kind_${kind}`) ? t(`kind_${kind}`) : kind);
