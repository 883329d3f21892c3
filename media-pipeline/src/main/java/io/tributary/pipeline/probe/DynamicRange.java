package io.tributary.pipeline.probe;

/** How bright a picture's brightest point may be, and by which curve it is told. */
public enum DynamicRange {
  /** What every screen shows. */
  STANDARD,
  /** HDR10 and its kin: SMPTE ST 2084. */
  PQ,
  /** Hybrid log-gamma: ARIB STD-B67. */
  HLG
}
