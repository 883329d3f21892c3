/** The demo titles. */
@NullMarked
package io.tributary.pipeline.demo;

import org.jspecify.annotations.NullMarked;
