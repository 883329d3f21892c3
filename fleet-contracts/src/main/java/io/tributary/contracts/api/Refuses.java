package io.tributary.contracts.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The problems that a handler itself decides on. What every path may answer besides (no good token,
 * a body that is too large, a store that is away) goes without saying. The API's description is
 * written from it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Refuses {
  /** Each type that an answer of the handler may have. */
  ProblemType[] value();
}
