package io.tributary.steering.location;

/** The two Internet protocols. */
public enum IpVersion {
  V4(32),
  V6(128);

  private final int bits;

  IpVersion(int bits) {
    this.bits = bits;
  }

  /** Of an address. */
  public int bits() {
    return bits;
  }
}
