package dev.fusebox.results.table;

import java.util.Locale;

/** How numbers are written, everywhere alike. */
public final class Numbers {

  private Numbers() {}

  /** With so many decimals; a dash if there is no value. */
  public static String fixed(double value, int decimals) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** With its sign; no minus before a zero. */
  public static String signed(double value, int decimals) {
    String text = String.format(Locale.ROOT, "%+." + decimals + "f", value);
    return text.matches("-0\\.?0*") ? text.replace('-', '+') : text;
  }

  /** A p-value as papers write it: {@code p = .284}, {@code p < .001}. */
  public static String p(double p) {
    if (p < 0.001) {
      return "p < .001";
    }
    return p >= 0.9995 ? "p = 1" : "p = " + String.format(Locale.ROOT, "%.3f", p).substring(1);
  }

  /** {@code 1 seed}, {@code 3 seeds}, {@code 1,000 questions}. */
  public static String count(int n, String thing) {
    return String.format(Locale.ROOT, "%,d %s%s", n, thing, n == 1 ? "" : "s");
  }
}
