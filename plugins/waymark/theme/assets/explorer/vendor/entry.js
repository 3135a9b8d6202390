export { default as Graph } from "graphology";
export { default as Sigma } from "sigma";
export { EdgeArrowProgram, EdgeLineProgram, NodeProgram } from "sigma/rendering";
export { floatColor } from "sigma/utils";
