// A module map can't name a header by its place on the include path; this can.
#include <yaml.h>
