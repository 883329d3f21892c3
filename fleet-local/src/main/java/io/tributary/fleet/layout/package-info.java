/** Where a fleet is: its folders, its ports and the plan that says what it is made of. */
@NullMarked
package io.tributary.fleet.layout;

import org.jspecify.annotations.NullMarked;
