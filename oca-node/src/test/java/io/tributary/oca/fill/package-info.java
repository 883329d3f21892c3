@NullMarked
package io.tributary.oca.fill;

import org.jspecify.annotations.NullMarked;
