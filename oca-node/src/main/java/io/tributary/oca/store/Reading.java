package io.tributary.oca.store;

/** What reading a file showed. */
public enum Reading {
  /** The bytes are the package's. */
  RIGHT,
  /** They are not, or the disk cannot give them; the file is dropped. */
  DROPPED,
  /** It could not be read for a reason that says nothing of its bytes. */
  NOT_READ
}
