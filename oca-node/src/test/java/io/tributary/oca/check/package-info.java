@NullMarked
package io.tributary.oca.check;

import org.jspecify.annotations.NullMarked;
