@NullMarked
package io.tributary.fleet.tidy;

import org.jspecify.annotations.NullMarked;
