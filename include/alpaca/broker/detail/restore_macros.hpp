// Gives the macros back that undefine_macros.hpp put aside; does nothing without it.
#ifdef ALPACA_BROKER_MACROS_ARE_UNDEFINED
#pragma pop_macro("BadRequest")
#pragma pop_macro("Status")
#undef ALPACA_BROKER_MACROS_ARE_UNDEFINED
#endif
