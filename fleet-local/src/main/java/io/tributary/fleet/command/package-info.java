/** The words of ./tributary. */
@NullMarked
package io.tributary.fleet.command;

import org.jspecify.annotations.NullMarked;
