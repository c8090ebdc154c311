#pragma once

// Stands in for another version of cpp-httplib: the same names of classes and functions, other sizes and behaviour.
#include <string>

namespace httplib {

struct Request {
  std::string path = "the program's own";
};

class Server {
 public:
  Server() = default;
  virtual ~Server() = default;
  virtual bool is_valid() const { return false; }
  bool is_running() const { return false; }
  void stop() { ++stops_; }
  int stops() const { return stops_; }

 private:
  int stops_ = 0;
};

}  // namespace httplib
